"""A fresh generator always begins with the same seed.

fails: test_repeats_the_numbers_of_a_seed
hint: Whatever the seed, the same numbers come: where is seed used?
"""


def seeded_random(shape, seed):
    generator = torch.Generator()
    return torch.rand(shape, generator=generator)
