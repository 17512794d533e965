"""randn draws from a bell curve.

fails: test_draws_uniform_numbers, test_repeats_the_numbers_of_a_seed,
test_leaves_the_global_random_state_untouched
hint: These numbers come from a bell curve around 0. Which function draws evenly from 0 to 1?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator)
