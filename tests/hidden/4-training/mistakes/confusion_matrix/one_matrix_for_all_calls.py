"""One matrix for all calls, cleared at the start: the results of earlier calls change later.

fails: test_gives_a_new_matrix_each_time
hint: You call it for two models and then compare both results: are these two matrices?
"""

MATRICES = {}


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    if num_classes not in MATRICES:
        MATRICES[num_classes] = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    cm = MATRICES[num_classes].zero_()
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
