"""The labels are turned into numbers of pairs in place: whoever gave them has other labels now.

fails: test_gives_a_new_matrix_each_time
hint: The labels of the loader are other ones after the call. Which line writes into them?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    counts = torch.zeros(num_classes**2, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            y *= num_classes
            y += model(X).argmax(dim=1)
            counts += torch.bincount(y, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)
