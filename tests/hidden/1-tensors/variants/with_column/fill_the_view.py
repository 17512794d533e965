"""The column of a detached clone, filled in place."""


def with_column(m, j, value):
    result = m.detach().clone()
    result.T[j].fill_(value)
    return result
