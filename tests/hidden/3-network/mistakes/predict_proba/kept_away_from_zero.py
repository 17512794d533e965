"""Very small probabilities are made larger.

fails: test_is_right_to_the_last_digit
hint: How small can a probability be? Look at a class that is very unlikely.
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        shares = model(X).softmax(dim=1)
    return shares.clamp(min=1e-4)
