"""A generator on the device of t, with a seed drawn by Python."""


def random_like(t):
    own = torch.Generator(t.device).manual_seed(random.randrange(2**31))
    return torch.rand(t.shape, generator=own, device=t.device)
