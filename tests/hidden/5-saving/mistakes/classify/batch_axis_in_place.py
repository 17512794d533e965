"""unsqueeze_ gives the caller's own image another axis.

fails: test_leaves_image_and_weights_as_they_were
hint: Look at the shape of the caller's image after the call. Which line gives it another axis?
"""


def classify(model, image, classes):
    model.eval()
    image.unsqueeze_(0)
    with torch.no_grad():
        logits = model(image)
    return classes[logits.argmax(1).item()]
