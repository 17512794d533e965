"""The counts are floats.

fails: test_counts_a_short_last_batch_in_whole_numbers
hint: Your matrix is of floats, and counts are whole numbers. Where does its dtype come from?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    cm = torch.zeros(num_classes, num_classes)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
