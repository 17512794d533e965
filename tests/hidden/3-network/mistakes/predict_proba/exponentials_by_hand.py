"""The formula as it stands: the exponential of 1000 is infinite.

fails: test_copes_with_large_logits
hint: What is exp(1000) in float32, and what does such a number make of the sum?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        e = torch.exp(model(X))
        return e / e.sum(dim=1, keepdim=True)
