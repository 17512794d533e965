"""New memory, filled in place."""


def random_tensor(shape):
    result = torch.empty(shape)
    result.uniform_()
    return result
