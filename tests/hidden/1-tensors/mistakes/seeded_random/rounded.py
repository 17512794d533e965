"""The numbers are rounded to four digits.

fails: test_seeded_random_draws_numbers_with_all_their_digits
hint: Some numbers come more than once, as if they had few digits. Is something rounded?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.round(torch.rand(shape, generator=generator), decimals=4)
