"""0 counts as false, and is taken for "no seed".

fails: test_takes_the_smallest_and_the_largest_seed
hint: The docstring allows every seed from 0 on. What does your function do with 0?
"""


def seed_everything(seed):
    if not seed:
        seed = int.from_bytes(os.urandom(4), "little")
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
