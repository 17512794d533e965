"""eval() comes after the model has run.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model when it looks at X? Read your lines in order.
"""


def predict_proba(model, X):
    with torch.no_grad():
        logits = model(X)
    model.eval()
    return torch.softmax(logits, dim=1)
