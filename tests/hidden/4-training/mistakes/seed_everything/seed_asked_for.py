"""torch.seed() draws a new seed instead of setting one.

fails: test_numbers_of_torch_repeat
hint: What does torch.seed() return, and which function sets a seed?
"""


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.seed()
