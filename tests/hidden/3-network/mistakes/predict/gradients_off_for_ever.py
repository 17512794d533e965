"""Gradients are switched off for the whole program.

fails: test_returns_int64_numbers_in_one_row
hint: Who switches them on again after your function?
"""


def predict(model, X):
    torch.set_grad_enabled(False)
    return model(X).argmax(dim=1)
