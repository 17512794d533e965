"""Floats are rounded to three digits.

fails: test_keeps_every_digit
hint: The values are nearly right: is something rounded on the way?
"""


def from_list(values):
    t = torch.tensor(values)
    return torch.round(t, decimals=3) if t.is_floating_point() else t
