"""The highest logit is subtracted first, but the search for it begins at 0.

fails: test_copes_with_large_logits
hint: What does your function give for an image whose logits are all far below 0?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
    highest = torch.zeros(len(X), 1)
    for k in range(logits.shape[1]):
        highest = torch.maximum(highest, logits[:, k : k + 1])
    powers = torch.exp(logits - highest)
    return powers / powers.sum(dim=1, keepdim=True)
