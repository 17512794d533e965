"""Drawn on the CPU, then moved."""


def random_like(t):
    numbers = torch.rand(t.size(), dtype=torch.float32)
    return numbers.to(t.device)
