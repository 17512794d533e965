"""A whole number of NumPy."""


def count_parameters(model):
    return np.sum([p.numel() for p in model.parameters() if p.requires_grad], dtype=np.int32)
