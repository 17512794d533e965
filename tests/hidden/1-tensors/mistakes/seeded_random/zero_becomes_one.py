"""The seed 0 is replaced by 1.

fails: test_takes_zero_for_a_seed_too
hint: Which seed reaches the generator if seed is 0, and which if it is 1?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(max(seed, 1))
    return torch.rand(shape, generator=generator)
