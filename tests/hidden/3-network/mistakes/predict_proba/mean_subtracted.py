"""The mean logit is subtracted, not the highest.

fails: test_copes_with_large_logits
hint: What does your function give for the logits 100, 0 and -100?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
        exponentials = torch.exp(logits - logits.mean(dim=1, keepdim=True))
        return exponentials / exponentials.sum(dim=1, keepdim=True)
