"""Gradients are switched on at the end, also where they were off before the call.

fails: test_records_no_gradients_for_the_matrix
hint: If the caller had switched gradients off before the call: how do they stand after it?
"""


def confusion_matrix(model, loader, num_classes=10):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    model.eval()
    torch.set_grad_enabled(False)
    for X, y in loader:
        for true, guess in zip(y, model(X).argmax(1)):
            matrix[true, guess] += 1
    torch.set_grad_enabled(True)
    return matrix
