"""The numbers are rounded to four digits.

fails: test_random_like_draws_numbers_with_all_their_digits
hint: Some numbers come more than once, as if they had few digits. Is something rounded?
"""


def random_like(t):
    return torch.round(torch.rand_like(t, dtype=torch.float32), decimals=4)
