"""New memory, filled in place."""


def random_like(t):
    return torch.empty_like(t, dtype=torch.float32).uniform_(0, 1)
