"""Three new generators are seeded, and the ones that everybody uses stay as they were.

fails: test_numbers_of_python_repeat, test_numbers_of_numpy_repeat, test_numbers_of_torch_repeat, test_another_seed_gives_other_numbers, test_takes_the_smallest_and_the_largest_seed
hint: No numbers repeat. Which generators do random.random, np.random.rand and torch.rand use, and what seeds them?
"""


def seed_everything(seed):
    return random.Random(seed), np.random.default_rng(seed), torch.Generator().manual_seed(seed)
