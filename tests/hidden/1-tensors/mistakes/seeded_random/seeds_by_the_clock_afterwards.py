"""The generator is reseeded by the clock afterwards.

fails: test_leaves_the_global_random_state_untouched
hint: After the call everybody draws other numbers than before. Is the common generator touched?
"""


def seeded_random(shape, seed):
    torch.manual_seed(seed)
    numbers = torch.rand(shape)
    torch.seed()
    return numbers
