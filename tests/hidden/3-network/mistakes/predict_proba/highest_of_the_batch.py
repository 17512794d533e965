"""The highest logit of the whole batch is taken off, not that of each image.

fails: test_copes_with_large_logits
hint: What happens if one image has logits near 1000, and another near -1000?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
        powers = torch.exp(logits - torch.max(logits))
    return powers / powers.sum(1, keepdim=True)
