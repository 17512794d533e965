"""The model runs in the mode in which it came.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model while it looks at X? Is the method that switches the mode called, with its parentheses?
"""


def predict_proba(model, X):
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
