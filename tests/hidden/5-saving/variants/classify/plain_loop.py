"""A loop over the classes, and switches by hand."""


def classify(model, image, classes):
    model.eval()
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    scores = model(image.view(-1, *image.shape))[0].tolist()
    torch.set_grad_enabled(before)
    best = 0
    for index, score in enumerate(scores):
        if score > scores[best]:
            best = index
    return classes[best]
