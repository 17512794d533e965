"""The numbers are rounded to four digits.

fails: test_random_tensor_draws_numbers_with_all_their_digits
hint: Some numbers come more than once, as if they had few digits. Is something rounded?
"""


def random_tensor(shape):
    return torch.round(torch.rand(shape), decimals=4)
