"""eval() comes after the model has run.

fails: test_runs_the_model_in_evaluation_mode
hint: It is in evaluation mode afterwards, but was it while it looked at X?
"""


def predict_proba(model, X):
    with torch.no_grad():
        logits = model(X)
    model.eval()
    return torch.softmax(logits, dim=1)
