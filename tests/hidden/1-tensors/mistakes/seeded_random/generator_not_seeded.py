"""A fresh generator always begins with the same seed.

fails: test_repeats_the_numbers_of_a_seed
hint: The same numbers come whatever the seed. Where is the parameter seed used?
"""


def seeded_random(shape, seed):
    generator = torch.Generator()
    return torch.rand(shape, generator=generator)
