"""NumPy gets a new generator that nobody uses; np.random itself stays as it was.

fails: test_numbers_of_numpy_repeat
hint: Does default_rng change the generator that np.random.rand uses, or make another one?
"""


def seed_everything(seed):
    random.seed(seed)
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
