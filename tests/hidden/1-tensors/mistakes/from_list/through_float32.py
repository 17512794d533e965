"""All numbers are float32 on the way.

fails: test_keeps_every_digit
hint: Large whole numbers lost their last digits. Are the numbers floats on the way?
"""


def from_list(values):
    kind = torch.tensor(values).dtype
    return torch.tensor(values, dtype=torch.float32).to(kind)
