"""Sigmoid makes all large logits 1: the highest can't be told any more.

fails: test_predicts_from_large_negative_and_close_logits
hint: What becomes of the logits 1000 and 1010 before you look for the highest?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return torch.sigmoid(model(X)).argmax(dim=1)
