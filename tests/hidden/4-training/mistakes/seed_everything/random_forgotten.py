"""NumPy and PyTorch are seeded, Python's random is not.

fails: test_numbers_of_python_repeat
hint: Python has a module random of its own. Who seeds it?
"""


def seed_everything(seed):
    np.random.seed(seed)
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        torch.cuda.manual_seed_all(seed)
