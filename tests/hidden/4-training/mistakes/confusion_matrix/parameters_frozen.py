"""The parameters are frozen too, and can't be trained afterwards.

fails: test_records_no_gradients_for_the_matrix
hint: Can the model still be trained after your function? Counting only looks.
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    model.requires_grad_(False)
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
