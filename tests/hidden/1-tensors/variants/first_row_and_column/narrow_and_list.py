"""narrow and flatten, as a list."""


def first_row_and_column(m):
    return [m.narrow(0, 0, 1).view(-1), torch.select(m, dim=1, index=0)]
