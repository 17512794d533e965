"""Only PyTorch is seeded.

fails: test_numbers_of_python_repeat, test_numbers_of_numpy_repeat
hint: Three libraries draw random numbers here. Which of them have you seeded?
"""


def seed_everything(seed):
    torch.manual_seed(seed)
