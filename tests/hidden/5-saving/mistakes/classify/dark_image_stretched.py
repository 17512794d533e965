"""A very dark image is made brighter.

fails: test_shows_the_model_a_batch_of_one_image
hint: Does the model see the image as it was given, whatever its numbers are?
"""


def classify(model, image, classes):
    model.eval()
    batch = image[None]
    brightest = batch.abs().max()
    if brightest < 0.1:
        batch = batch / brightest
    with torch.no_grad():
        return classes[model(batch).argmax(dim=1).item()]
