"""The tensor is kept and handed out again for the same seed.

fails: test_gives_memory_of_its_own_at_each_call
hint: What comes for the same seed after somebody has written into the first result?
"""


from functools import lru_cache


@lru_cache
def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape, generator=generator)
