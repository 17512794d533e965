"""training is set by hand on the model, the layers inside don't hear of it.

fails: test_runs_the_model_in_evaluation_mode
hint: The layers inside are still in training mode. Who tells them?
"""


def predict_proba(model, X):
    model.training = False
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
