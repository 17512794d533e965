"""A list of ints.

fails: test_returns_int64_numbers_in_one_row
hint: What kind of thing does the docstring promise?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).argmax(dim=1).tolist()
