"""masked_fill with a mask of the column."""


def with_column(m, j, value):
    mask = torch.zeros_like(m, dtype=torch.bool)
    mask[:, j] = True
    return m.masked_fill(mask, value)
