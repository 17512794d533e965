"""Rows are predictions and columns true classes.

fails: test_rows_are_true_and_columns_predicted
hint: The convention here, as in scikit-learn: rows are true classes, columns predictions. Which index comes first?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[p, t] += 1
    return cm
