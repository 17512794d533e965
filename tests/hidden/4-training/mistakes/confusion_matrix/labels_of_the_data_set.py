"""The labels come from the data set, in another order than the loader gives its images in.

fails: test_takes_images_as_the_loader_gives_them
hint: Do image and label still belong together if the loader shuffles?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    with torch.no_grad():
        predicted = torch.cat([model(X).argmax(dim=1) for X, _ in loader])
    labels = torch.stack([loader.dataset[i][1] for i in range(len(loader.dataset))])
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    matrix.index_put_((labels, predicted), torch.tensor(1), accumulate=True)
    return matrix
