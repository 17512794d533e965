"""A dtype is asked for that cuts off fractions.

fails: test_makes_float32_of_floats, test_makes_bool_of_bools
hint: The fractions are gone. Does your code choose the dtype, or PyTorch by looking at the values?
"""


def from_list(values):
    return torch.tensor(values, dtype=torch.int64)
