"""The number of classes stands in the code.

fails: test_has_a_row_for_each_of_num_classes
hint: How large is your matrix if num_classes is 4?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(10, 10, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
