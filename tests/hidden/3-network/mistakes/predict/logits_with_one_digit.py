"""The logits are rounded to one digit first.

fails: test_predicts_from_large_negative_and_close_logits
hint: After rounding two classes may have the same number. Which one is taken then?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).mul(10).round().argmax(dim=1)
