"""NumPy's global generator is seeded.

fails: test_leaves_the_global_random_state_untouched
hint: NumPy's common generator is not where it was. Can you draw from one of your own?
"""


def seeded_random(shape, seed):
    np.random.seed(seed % 2**32)
    return torch.from_numpy(np.random.rand(*shape)).float()
