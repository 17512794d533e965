"""A distribution object draws."""


def random_like(t):
    uniform = torch.distributions.Uniform(0.0, 1.0)
    return uniform.sample(t.shape).to(device=t.device)
