"""Gradients are switched off for the whole program: the next epoch of training fails.

fails: test_records_no_gradients_for_the_matrix
hint: Who switches gradients on again after your function?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    torch.set_grad_enabled(False)
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for X, y in loader:
        for t, p in zip(y, model(X).argmax(1)):
            cm[t, p] += 1
    return cm
