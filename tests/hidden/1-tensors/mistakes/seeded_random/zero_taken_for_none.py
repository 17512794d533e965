"""0 counts as no seed at all.

fails: test_takes_zero_for_a_seed_too
hint: When is a number true in a condition? Try the seed 0, twice.
"""


def seeded_random(shape, seed):
    generator = torch.Generator()
    if seed:
        generator.manual_seed(seed)
    else:
        generator.seed()
    return torch.rand(shape, generator=generator)
