"""The old column is multiplied by 0, and NaN times 0 is NaN.

fails: test_replaces_even_what_no_calculation_removes
hint: Where column j held NaN, NaN is still there. Does the new column depend on what stood there?
"""


def with_column(m, j, value):
    new = (torch.arange(m.shape[1], device=m.device) == j).to(m.dtype)
    others = (torch.arange(m.shape[1], device=m.device) != j).to(m.dtype)
    return m * others + new * value
