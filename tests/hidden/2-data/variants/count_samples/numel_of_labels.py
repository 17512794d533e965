"""The number of labels in each batch."""


def count_samples(loader):
    count = torch.zeros(1, dtype=torch.int64)
    for images, labels in loader:
        count += labels.numel()
    return count.item()
