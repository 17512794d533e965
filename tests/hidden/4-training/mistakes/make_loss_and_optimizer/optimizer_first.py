"""The two results come in the wrong order.

fails: test_loss_is_the_cross_entropy_of_logits, test_optimizer_moves_all_weights_of_the_model, test_learning_rate_is_the_one_given
hint: Which of the two does the docstring name first?
"""


def make_loss_and_optimizer(model, lr):
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return optimizer, loss_fn
