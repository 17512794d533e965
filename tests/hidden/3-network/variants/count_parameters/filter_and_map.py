"""In the functional manner."""


def count_parameters(model):
    trained = filter(lambda p: p.requires_grad, model.parameters())
    return sum(map(torch.numel, trained))
