"""The seed 0 is replaced by a usual one.

fails: test_takes_zero_for_a_seed_too
hint: Is 0 a seed like any other, or does your code put another one in its place?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed or 42)
    return torch.rand(shape, generator=generator)
