"""A column of classes: an axis of size 1 is left.

fails: test_returns_int64_numbers_in_one_row
hint: What shape has your result, and what does the docstring say?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).argmax(dim=1, keepdim=True)
