"""Puts the mode back afterwards; inference_mode; softmax and topk, which change no winner."""


def classify(model, image, classes):
    was_training = model.training
    model.eval()
    try:
        with torch.inference_mode():
            probabilities = model(image.reshape(1, 1, 28, 28)).softmax(dim=-1)
    finally:
        model.train(was_training)
    return classes[probabilities.topk(1).indices[0][0].item()]
