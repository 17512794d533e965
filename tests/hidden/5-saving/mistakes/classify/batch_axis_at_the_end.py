"""The new axis is put behind the others.

fails: test_shows_the_model_a_batch_of_one_image
hint: In (N, 1, 28, 28), where is N?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(-1).reshape(1, 28, 28, 1))
    return classes[logits.argmax(1).item()]
