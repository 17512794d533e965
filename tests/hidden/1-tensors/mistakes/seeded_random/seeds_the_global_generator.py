"""The seed goes to the generator that everybody shares.

fails: test_leaves_the_global_random_state_untouched
hint: torch.manual_seed changes what everybody draws afterwards: make a torch.Generator of your
own.
"""


def seeded_random(shape, seed):
    torch.manual_seed(seed)
    return torch.rand(shape)
