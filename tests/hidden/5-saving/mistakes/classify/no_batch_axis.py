"""The image goes in without a batch axis: this network takes the colour channel for the batch, by luck.

fails: test_shows_the_model_a_batch_of_one_image
hint: Which shape does the model expect, and which one does an image have? It works here only because there is one colour channel.
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        return classes[model(image).argmax(1).item()]
