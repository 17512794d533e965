"""The logits are rounded to one digit first.

fails: test_predicts_from_large_negative_and_close_logits
hint: Two logits lie close together. Are they still different when you look for the highest?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).mul(10).round().argmax(dim=1)
