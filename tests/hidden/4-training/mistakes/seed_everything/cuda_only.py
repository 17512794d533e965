"""Only the generators of the GPUs are seeded, and those of the CPU stay as they were.

fails: test_numbers_of_torch_repeat
hint: After your function torch.rand gives other numbers each time. Which function sets the seed for all devices?
"""


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.cuda.manual_seed_all(seed)
