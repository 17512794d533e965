"""The values as a tuple, by name."""


def from_list(values):
    result = torch.tensor(data=tuple(values))
    return result
