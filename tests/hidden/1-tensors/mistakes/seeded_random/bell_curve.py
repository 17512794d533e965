"""randn draws from a bell curve.

fails: test_draws_uniform_numbers, test_repeats_the_numbers_of_a_seed,
test_leaves_the_global_random_state_untouched
hint: One letter matters: randn draws from a bell curve around 0, rand uniformly from 0…1.
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator)
