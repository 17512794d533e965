"""The name is taken out of the caller's list.

fails: test_leaves_image_and_weights_as_they_were
hint: How many names are in the caller's list after a call?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes.pop(int(logits.argmax(dim=1)))
