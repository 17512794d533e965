"""A generator is made and seeded, and rand draws from the global one.

fails: test_repeats_the_numbers_of_a_seed, test_leaves_the_global_random_state_untouched
hint: The seed has no effect, and the common generator was drawn from. Which generator draws here?
"""


def seeded_random(shape, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    return torch.rand(shape)
