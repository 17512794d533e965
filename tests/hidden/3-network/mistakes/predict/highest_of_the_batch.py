"""Shares are made with the highest logit of the whole batch.

fails: test_predicts_from_large_negative_and_close_logits
hint: What happens if one image has logits near 1000, and another near -1000?
"""


def predict(model, X):
    with torch.no_grad():
        logits = model(X)
        powers = torch.exp(logits - torch.max(logits))
    return (powers / powers.sum(1, keepdim=True)).argmax(dim=1)
