"""NumPy's product of the shape; its whole numbers count as ints."""


def count_parameters(model):
    return sum(np.prod(p.shape) for p in model.parameters() if p.requires_grad)
