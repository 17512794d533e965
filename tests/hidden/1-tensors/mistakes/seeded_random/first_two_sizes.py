"""Only the first two sizes are used.

fails: test_draws_uniform_numbers
hint: torch.rand takes the whole tuple: there is no need to know how many sizes it has.
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape[:2], generator=generator)
