"""mT, which swaps the last two axes."""


def transpose(m):
    return m.mT
