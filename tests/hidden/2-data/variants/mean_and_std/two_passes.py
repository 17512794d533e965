"""The mean first, then the distances from it."""


def mean_and_std(dataset):
    loader = DataLoader(dataset, batch_size=100)
    count = sum(X.numel() for X, y in loader)
    mean = sum(X.sum() for X, y in loader) / count
    variance = sum(((X - mean) ** 2).sum() for X, y in loader) / count
    return mean.item(), variance.sqrt().item()
