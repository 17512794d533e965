"""The optimizer holds the weights of linear layers alone.

fails: test_optimizer_moves_parameters_of_all_kinds
hint: Which layers does your list of parameters look for, and which others may a model have?
"""


def make_loss_and_optimizer(model, lr):
    parameters = []
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            parameters += [layer.weight, layer.bias]
    return nn.CrossEntropyLoss(), torch.optim.SGD(parameters, lr=lr)
