"""A distribution object draws."""


def random_tensor(shape):
    low, high = torch.tensor(0.0), torch.tensor(1.0)
    return torch.distributions.Uniform(low, high).sample(torch.Size(shape))
