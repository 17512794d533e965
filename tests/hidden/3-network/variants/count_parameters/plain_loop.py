"""A loop with a counter."""


def count_parameters(model):
    total = 0
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        size = 1
        for n in p.shape:
            size *= n
        total += size
    return total
