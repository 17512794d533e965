"""The probabilities are rounded to two digits first.

fails: test_predicts_from_large_negative_and_close_logits
hint: Two logits lie close together. Are they still different when you look for the highest?
"""


def predict(model, X):
    with torch.no_grad():
        shares = torch.softmax(model(X), dim=1)
    return torch.round(shares, decimals=2).argmax(dim=1)
