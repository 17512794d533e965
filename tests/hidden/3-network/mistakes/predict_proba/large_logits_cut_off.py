"""Large logits are cut off, so that their exponentials are still numbers.

fails: test_copes_with_large_logits
hint: Do the logits 990 and 1000 get different probabilities?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = torch.clamp(model(X), max=80)
    return torch.softmax(logits, dim=1)
