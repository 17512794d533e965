"""The count comes as a tensor.

fails: test_returns_an_int
hint: It prints like a number. What is its type?
"""


def count_parameters(model):
    total = torch.tensor(0)
    for p in model.parameters():
        if p.requires_grad:
            total += p.numel()
    return total
