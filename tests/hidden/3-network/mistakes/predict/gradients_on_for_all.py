"""Gradients are on afterwards, whatever they were before.

fails: test_returns_int64_numbers_in_one_row
hint: Call it inside torch.no_grad(), and ask there afterwards whether gradients are on.
"""


def predict(model, X):
    torch.set_grad_enabled(False)
    classes = model(X).max(dim=1).indices
    torch.set_grad_enabled(True)
    return classes
