"""A tensor for each item, stacked."""


def from_list(values):
    return torch.stack([torch.tensor(value) for value in values])
