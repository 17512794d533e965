"""All numbers are float32 on the way.

fails: test_keeps_every_digit
hint: float32 holds about seven digits: do large whole numbers pass through it?
"""


def from_list(values):
    kind = torch.tensor(values).dtype
    return torch.tensor(values, dtype=torch.float32).to(kind)
