"""The counts of earlier calls are added in: each result is a copy of a total that goes on.

fails: test_gives_a_new_matrix_each_time
hint: The second call goes on where the first one ended. When does your count begin?
"""

TOTALS = {}


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    total = TOTALS.setdefault(model, torch.zeros(num_classes, num_classes, dtype=torch.int64))
    with torch.no_grad():
        for X, y in loader:
            for true, guess in zip(y, model(X).argmax(1)):
                total[true, guess] += 1
    return total.clone()
