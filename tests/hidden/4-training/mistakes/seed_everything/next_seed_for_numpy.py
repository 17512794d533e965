"""Each library gets the next number: behind the largest seed there is none that NumPy takes.

fails: test_takes_the_smallest_and_the_largest_seed
hint: What does your function do with the largest seed that may come?
"""


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed + 1)
    torch.manual_seed(seed + 2)
