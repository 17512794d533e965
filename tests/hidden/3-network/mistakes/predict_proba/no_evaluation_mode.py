"""The model runs in the mode in which it came.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is a model that was just trained? Who switches it?
"""


def predict_proba(model, X):
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
