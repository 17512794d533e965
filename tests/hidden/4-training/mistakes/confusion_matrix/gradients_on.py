"""eval() is taken for a switch of the gradients: the graph is still recorded.

fails: test_records_no_gradients_for_the_matrix
hint: eval() changes what layers do. What switches the recording of gradients off?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for X, y in loader:
        for t, p in zip(y, model(X).argmax(1)):
            cm[t, p] += 1
    return cm
