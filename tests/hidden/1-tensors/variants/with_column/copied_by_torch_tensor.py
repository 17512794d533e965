"""torch.tensor copies too, with a warning."""


def with_column(m, j, value):
    new = torch.tensor(m)
    new[:, j] = value
    return new
