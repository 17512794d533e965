"""The method is named and not called.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model while it looks at X? Is the method that switches the mode called, with its parentheses?
"""


def predict_proba(model, X):
    model.eval
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
