"""A generator, seeded, then filled with."""


def seeded_random(shape, seed):
    own = torch.Generator(device="cpu")
    own.manual_seed(seed)
    return torch.empty(*shape).uniform_(generator=own)
