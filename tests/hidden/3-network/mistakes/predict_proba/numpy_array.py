"""A NumPy array comes back.

fails: test_gives_float32_numbers_without_a_graph
hint: What kind of thing does the docstring promise?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X), dim=1).numpy()
