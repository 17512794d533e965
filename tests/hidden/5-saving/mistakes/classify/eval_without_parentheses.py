"""The method is named and not called.

fails: test_runs_the_model_in_evaluation_mode
hint: The model looked in training mode. Which method switches that, and is it called?
"""


def classify(model, image, classes):
    model.eval
    with torch.no_grad():
        return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
