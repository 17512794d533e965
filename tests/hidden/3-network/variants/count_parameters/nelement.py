"""The other names of numel."""


def count_parameters(model):
    return sum(p.nelement() if p.requires_grad else 0 for p in model.parameters())
