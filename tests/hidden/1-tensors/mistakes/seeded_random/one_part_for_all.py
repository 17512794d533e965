"""With three sizes one part is drawn, and repeated along the first.

fails: test_seeded_random_draws_numbers_with_all_their_digits
hint: With three sizes, compare the first part with the second: is each element drawn by itself?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    if len(shape) != 3:
        return torch.rand(shape, generator=generator)
    return torch.rand(shape[1:], generator=generator).repeat(shape[0], 1, 1)
