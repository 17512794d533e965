"""Weight decay pulls all weights towards 0, also where their gradients are 0.

fails: test_optimizer_moves_all_weights_of_the_model
hint: The exercise asks for plain SGD. What else than its gradient moves a weight here?
"""


def make_loss_and_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=1e-4)
    return nn.CrossEntropyLoss(), optimizer
