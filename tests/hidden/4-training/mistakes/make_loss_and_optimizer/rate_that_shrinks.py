"""After each step the learning rate becomes a little smaller.

fails: test_optimizer_moves_all_weights_of_the_model
hint: How long is the second step, if its gradients are as long as those of the first?
"""


def make_loss_and_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)

    def shrink(*_):
        optimizer.param_groups[0]["lr"] *= 0.8

    optimizer.register_step_post_hook(shrink)
    return nn.CrossEntropyLoss(), optimizer
