"""Rounded to three digits.

fails: test_is_right_to_the_last_digit
hint: They are near, but not the same. What is done besides the softmax of the logits?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.from_numpy(np.round(torch.softmax(model(X), dim=1).numpy(), 3))
