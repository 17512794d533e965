"""permute with the new order of axes."""


def transpose(m):
    return m.permute(1, 0)
