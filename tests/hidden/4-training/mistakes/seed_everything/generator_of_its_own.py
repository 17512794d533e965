"""NumPy gets a new generator that nobody uses; np.random itself stays as it was.

fails: test_numbers_of_numpy_repeat
hint: After your function np.random.rand gives other numbers each time. What sets the seed of its generator?
"""


def seed_everything(seed):
    random.seed(seed)
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
