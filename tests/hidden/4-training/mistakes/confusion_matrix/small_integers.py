"""The counts are int32.

fails: test_counts_a_short_last_batch_in_whole_numbers
hint: Which dtype is asked for, and which one do the counts have?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int32)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
