"""The sizes as arguments."""


def random_tensor(shape):
    return torch.rand(*shape)
