"""The mode is put back afterwards, and the columns are cut to num_classes."""


def confusion_matrix(model, loader, num_classes=10):
    before = model.training
    matrix = torch.zeros(num_classes, num_classes).long()
    with torch.inference_mode():
        model.eval()
        for X, y in loader:
            _, predicted = model(X)[:, :num_classes].max(dim=1)
            matrix.index_put_((y, predicted), torch.tensor(1), accumulate=True)
    model.train(before)
    return matrix.clone()
