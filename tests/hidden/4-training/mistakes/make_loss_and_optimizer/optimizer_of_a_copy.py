"""The optimizer holds the parameters of a copy: the model itself never moves.

fails: test_optimizer_moves_all_weights_of_the_model, test_learning_rate_is_the_one_given
hint: Whose parameters does the optimizer hold, the model's or a copy's?
"""


def make_loss_and_optimizer(model, lr):
    parameters = copy.deepcopy(model).parameters()
    return nn.CrossEntropyLoss(), torch.optim.SGD(parameters, lr=lr)
