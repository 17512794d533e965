"""The seed is cut to its last digits, so that many seeds are one.

fails: test_each_digit_of_the_seed_counts
hint: Do two seeds that differ only in their first digits give different numbers?
"""


def seed_everything(seed):
    seed = seed % 10_000
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
