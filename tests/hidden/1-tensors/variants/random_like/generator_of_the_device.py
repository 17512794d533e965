"""A generator on the device of t, seeded by chance."""


def random_like(t):
    generator = torch.Generator(device=t.device)
    generator.seed()
    return torch.rand(t.shape, generator=generator, device=t.device)
