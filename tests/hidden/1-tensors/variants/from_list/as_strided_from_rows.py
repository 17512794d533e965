"""Concatenated from pieces of one item each."""


def from_list(values):
    return torch.cat([torch.tensor([value]) for value in values])
