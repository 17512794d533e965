"""The counts are bytes until the end: after 255 comes 0.

fails: test_takes_images_as_the_loader_gives_them
hint: Entries above 255 are lost. In which dtype are the images counted?
"""


def confusion_matrix(model, loader, num_classes=10):
    matrix = torch.zeros((num_classes, num_classes), dtype=torch.uint8)
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            for true, guess in zip(y.tolist(), model(X).argmax(1).tolist()):
                matrix[true, guess] += 1
    return matrix.to(torch.int64)
