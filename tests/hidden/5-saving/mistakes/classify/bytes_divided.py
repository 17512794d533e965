"""An image with values above 10 is divided by 255.

fails: test_shows_the_model_a_batch_of_one_image
hint: Does the model see the image as it was given, whatever its numbers are?
"""


def classify(model, image, classes):
    seen = image[None] if image.max() <= 10 else image[None] / 255
    model.eval()
    with torch.no_grad():
        return classes[model(seen).argmax(dim=1).item()]
