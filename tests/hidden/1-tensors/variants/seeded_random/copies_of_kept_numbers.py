"""What was drawn is kept, and each caller gets a copy."""


from functools import lru_cache


@lru_cache
def numbers(shape, seed):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def seeded_random(shape, seed):
    return numbers(tuple(shape), seed).clone()
