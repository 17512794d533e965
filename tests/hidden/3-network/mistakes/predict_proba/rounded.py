"""The probabilities are rounded to two digits.

fails: test_is_right_to_the_last_digit
hint: Does a row still sum to 1? Rounding is for printing.
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X), dim=1).round(decimals=2)
