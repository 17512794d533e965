"""Batches that are shorter than the others are left out.

fails: test_counts_a_short_last_batch_in_whole_numbers
hint: Is the last batch counted too when it is shorter?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            if len(y) < loader.batch_size:
                break
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
