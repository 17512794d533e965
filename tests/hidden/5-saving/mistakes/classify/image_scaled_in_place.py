"""The image is divided by its maximum, in place.

fails: test_shows_the_model_a_batch_of_one_image, test_leaves_image_and_weights_as_they_were
hint: Other numbers are in the caller's image afterwards. Which line of yours writes into it?
"""


def classify(model, image, classes):
    model.eval()
    image /= image.max()
    with torch.no_grad():
        return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
