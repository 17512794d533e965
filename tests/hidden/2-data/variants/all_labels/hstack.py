"""hstack joins what has one axis."""


def all_labels(loader):
    _, labels = zip(*loader)
    return torch.hstack(labels).long()
