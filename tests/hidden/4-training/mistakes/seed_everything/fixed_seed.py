"""42 stands in the code, the argument is ignored.

fails: test_another_seed_gives_other_numbers
hint: What changes if the seed is 43?
"""


def seed_everything(seed):
    random.seed(42)
    np.random.seed(42)
    torch.manual_seed(42)
