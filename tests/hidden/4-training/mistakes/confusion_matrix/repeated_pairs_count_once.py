"""Indexing with whole tensors and += counts a pair once a batch, however often it occurs.

fails: test_rows_are_true_and_columns_predicted
hint: If a pair occurs three times in one batch, how often is it counted? Add up all entries to
see.
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            cm[y, model(X).argmax(1)] += 1
    return cm
