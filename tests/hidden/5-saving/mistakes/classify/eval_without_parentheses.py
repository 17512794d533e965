"""The method is named and not called.

fails: test_runs_the_model_in_evaluation_mode
hint: The model looked in training mode. Is the method that switches it called, with its
parentheses?
"""


def classify(model, image, classes):
    model.eval
    with torch.no_grad():
        return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
