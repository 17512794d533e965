"""The probabilities come in float64.

fails: test_gives_float32_numbers_without_a_graph
hint: Which dtype does the docstring name?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X).double(), dim=1)
