"""squeeze takes axes of size 1 away.

fails: test_seeded_random_takes_a_shape_with_any_number_of_axes
hint: An axis of size 1 is an axis like any other: is it still there in the result?
"""


def seeded_random(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape, generator=generator).squeeze()
