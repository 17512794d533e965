"""Python's global generator is seeded.

fails: test_leaves_the_global_random_state_untouched
hint: Python's common generator is not where it was. Can you draw from one of your own?
"""


def seeded_random(shape, seed):
    random.seed(seed)
    count = int(np.prod(shape))
    return torch.tensor([random.random() for _ in range(count)]).reshape(shape)
