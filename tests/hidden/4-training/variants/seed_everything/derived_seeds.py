"""Each library gets a seed of its own, derived from the one that is given."""


def seed_everything(seed):
    source = random.Random(seed)
    random.seed(source.getrandbits(64))
    np.random.seed(source.getrandbits(32))
    torch.random.default_generator.manual_seed(source.getrandbits(63))
