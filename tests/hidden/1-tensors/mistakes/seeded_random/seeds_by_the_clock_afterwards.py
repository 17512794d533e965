"""The generator is reseeded by the clock afterwards.

fails: test_leaves_the_global_random_state_untouched
hint: torch.seed() gives everybody another stream than before: don't touch the common generator.
"""


def seeded_random(shape, seed):
    torch.manual_seed(seed)
    numbers = torch.rand(shape)
    torch.seed()
    return numbers
