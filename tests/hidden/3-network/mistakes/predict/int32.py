"""The classes in int32.

fails: test_returns_int64_numbers_in_one_row
hint: Which dtype does the docstring name?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).argmax(dim=1).int()
