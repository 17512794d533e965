"""torch.seed() draws a new seed instead of setting one.

fails: test_numbers_of_torch_repeat
hint: After your function torch.rand gives other numbers each time. Which function sets the seed for all devices?
"""


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.seed()
