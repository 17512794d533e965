"""Switches off the gradients of the weights for ever, in the place of no_grad.

fails: test_records_no_gradients, test_leaves_image_and_weights_as_they_were
hint: Can the model be trained after your function has looked at an image?
"""


def classify(model, image, classes):
    model.eval()
    model.requires_grad_(False)
    logits = model(image.unsqueeze(0))
    return classes[logits.argmax(1).item()]
