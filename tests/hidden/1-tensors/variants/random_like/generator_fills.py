"""Memory like t, filled by a generator of its device."""


def random_like(t):
    own = torch.Generator(device=t.device)
    own.seed()
    return torch.empty_like(t, dtype=torch.float32).uniform_(generator=own)
