"""The counts are floats.

fails: test_counts_a_short_last_batch_in_whole_numbers
hint: Counts are whole numbers. Which dtype does torch.zeros have by itself?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
