"""as_tensor infers the same."""


def from_list(values):
    return torch.as_tensor(values)
