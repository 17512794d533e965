"""The images are divided by 255 before the model gets them: it was made for others.

fails: test_takes_images_as_the_loader_gives_them
hint: Does the model get the batch X as it is, with the same numbers?
"""


def confusion_matrix(model, loader, num_classes=10):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            for true, guess in zip(y, model(X / 255).argmax(1)):
                matrix[true, guess] += 1
    return matrix
