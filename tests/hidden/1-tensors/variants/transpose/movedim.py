"""The first axis moves to the end."""


def transpose(m):
    return torch.movedim(m, 0, -1)
