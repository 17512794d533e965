"""Sets the attribute training of the outermost module: the layers inside stay in training mode.

fails: test_runs_the_model_in_evaluation_mode
hint: Which method changes the mode of a module and of all modules in it?
"""


def classify(model, image, classes):
    model.training = False
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(1).item()]
