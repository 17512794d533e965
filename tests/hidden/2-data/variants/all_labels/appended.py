"""A list, filled in a loop and joined by concat."""


def all_labels(loader):
    labels = []
    for batch in loader:
        labels.append(batch[1])
    return torch.concat(labels, dim=0)
