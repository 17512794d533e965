"""All parameters laid end to end; the length of that."""


def count_parameters(model):
    rows = [p.detach().flatten() for p in model.parameters() if p.requires_grad]
    return len(torch.cat(rows)) if rows else 0
