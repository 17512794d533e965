"""The seed goes to the generator that everybody shares.

fails: test_leaves_the_global_random_state_untouched
hint: PyTorch's common generator is not where it was. Can you draw from one of your own?
"""


def seeded_random(shape, seed):
    torch.manual_seed(seed)
    return torch.rand(shape)
