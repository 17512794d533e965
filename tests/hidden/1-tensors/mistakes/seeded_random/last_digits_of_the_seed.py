"""Only the last digits of the seed count.

fails: test_repeats_the_numbers_of_a_seed
hint: Do two seeds that end in the same digits give different numbers?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed % 1000)
    return torch.rand(shape, generator=generator)
