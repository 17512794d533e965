"""A tensor without axes gets the same number each time.

fails: test_takes_tensors_of_any_shape
hint: Call it several times for a single number: do other numbers come?
"""


def random_like(t):
    return torch.rand(t.shape, device=t.device) if t.dim() else torch.tensor(0.5, device=t.device)
