"""The model runs in the mode in which it came.

fails: test_runs_the_model_in_evaluation_mode
hint: The model looked at X in training mode. Which call switches that?
"""


def predict_proba(model, X):
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
