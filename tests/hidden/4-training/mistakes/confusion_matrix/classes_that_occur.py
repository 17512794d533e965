"""The size follows from the classes that occur, so an absent class has no row.

fails: test_has_a_row_for_each_of_num_classes
hint: How large is the matrix if the last class never occurs?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    with torch.no_grad():
        pairs = [(y, model(X).argmax(1)) for X, y in loader]
    true = torch.cat([pair[0] for pair in pairs])
    predicted = torch.cat([pair[1] for pair in pairs])
    size = int(max(true.max(), predicted.max())) + 1
    return torch.bincount(true * size + predicted, minlength=size * size).reshape(size, size)
