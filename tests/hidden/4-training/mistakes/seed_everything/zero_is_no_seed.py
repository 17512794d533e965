"""0 counts as false, and NumPy takes None for "any seed".

fails: test_takes_the_smallest_and_the_largest_seed
hint: The docstring allows every seed from 0 on. What does your function do with 0?
"""


def seed_everything(seed=None):
    random.seed(seed)
    np.random.seed(seed or None)
    torch.manual_seed(seed)
