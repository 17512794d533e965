"""The model sees the image divided by its maximum.

fails: test_shows_the_model_a_batch_of_one_image
hint: Does the model see the image as it was given, whatever its numbers are?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        return classes[model((image / image.max()).unsqueeze(0)).argmax(dim=1).item()]
