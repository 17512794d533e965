"""Every parameter by name."""


def random_tensor(shape):
    return torch.rand(size=tuple(shape), dtype=torch.float32, device="cpu", requires_grad=False)
