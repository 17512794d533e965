"""The seed is made to fit into 31 bits, so that the larger half of the seeds repeats the smaller one.

fails: test_each_digit_of_the_seed_counts
hint: Do two different seeds give the same numbers?
"""


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed & 0x7FFFFFFF)
    torch.manual_seed(seed & 0x7FFFFFFF)
