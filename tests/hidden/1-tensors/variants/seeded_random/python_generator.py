"""A generator object of Python's."""


def seeded_random(shape, seed):
    own = random.Random(seed)
    count = 1
    for size in shape:
        count *= size
    return torch.tensor([own.random() for _ in range(count)]).view(shape)
