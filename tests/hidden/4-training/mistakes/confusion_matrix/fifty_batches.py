"""The loop ends after some batches.

fails: test_takes_images_as_the_loader_gives_them
hint: After how many batches does your loop end, and how many may a loader give?
"""


def confusion_matrix(model, loader, num_classes=10):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    model.eval()
    with torch.no_grad():
        for i, (X, y) in enumerate(loader):
            if i >= 50:
                break
            for true, predicted in zip(y, model(X).argmax(dim=1), strict=True):
                matrix[true, predicted] += 1
    return matrix
