"""The method is named and not called.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model in the line that runs it, and what should have switched it?
"""


def classify(model, image, classes):
    model.eval
    with torch.no_grad():
        return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
