"""Each pair becomes one number, and bincount counts them."""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    with torch.no_grad():
        pairs = torch.cat([y * num_classes + model(X).argmax(dim=1) for X, y in loader])
    return torch.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)
