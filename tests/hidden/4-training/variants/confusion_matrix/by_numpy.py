"""NumPy's unbuffered addition, then a tensor over the array."""


def confusion_matrix(model, loader, num_classes=10):
    counts = np.zeros((num_classes, num_classes), dtype=np.int64)
    model.eval()
    for X, y in loader:
        with torch.no_grad():
            predicted = torch.softmax(model(X), dim=1).max(dim=1).indices
        np.add.at(counts, (y.numpy(), predicted.numpy()), 1)
    return torch.from_numpy(counts)
