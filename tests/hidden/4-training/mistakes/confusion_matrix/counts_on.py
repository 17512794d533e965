"""One matrix for all calls: the second call counts on where the first one has stopped.

fails: test_gives_a_new_matrix_each_time
hint: The second call goes on where the first one ended. When is your matrix made?
"""

MATRICES = {}


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    zeros = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    cm = MATRICES.setdefault(model, zeros)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
