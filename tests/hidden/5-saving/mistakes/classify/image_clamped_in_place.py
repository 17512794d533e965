"""Pixels outside 0 and 1 are cut off in the image itself, and 0.5 is taken off.

fails: test_shows_the_model_a_batch_of_one_image, test_leaves_image_and_weights_as_they_were
hint: Other numbers are in the caller's image afterwards. Which line of yours writes into it?
"""


def classify(model, image, classes):
    model.eval()
    image.clamp_(0, 0.9)
    with torch.no_grad():
        index = int(model(image[None]).argmax())
    return classes[index]
