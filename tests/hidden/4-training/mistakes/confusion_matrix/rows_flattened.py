"""Each image is made a row of numbers, which not every model wants.

fails: test_takes_images_as_the_loader_gives_them
hint: Does the model get the batch X as it is, with all its axes?
"""


def confusion_matrix(model, loader, num_classes=10):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            for true, guess in zip(y, model(X.flatten(1)).argmax(1)):
                matrix[true, guess] += 1
    return matrix
