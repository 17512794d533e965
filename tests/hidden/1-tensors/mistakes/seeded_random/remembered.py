"""The tensor is kept and handed out again for the same seed.

fails: test_repeats_the_numbers_of_a_seed
hint: What comes for the same seed after somebody has written into the first result: is there
memory of its own at each call?
"""


from functools import lru_cache


@lru_cache
def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape, generator=generator)
