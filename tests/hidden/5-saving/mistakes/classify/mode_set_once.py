"""Evaluation mode is set when a model comes for the first time, and not again.

fails: test_runs_the_model_in_evaluation_mode
hint: The model learns more after a call. In which mode does the next call find it?
"""

_ready = set()


def classify(model, image, classes):
    if model not in _ready:
        model.eval()
        _ready.add(model)
    with torch.no_grad():
        return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
