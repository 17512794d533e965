"""The copy by Python's own function."""


from copy import deepcopy


def with_column(m, j, value):
    result = deepcopy(m)
    result[:, [j]] = value
    return result
