"""eval() is taken for a switch of the gradients.

fails: test_gives_float32_numbers_without_a_graph
hint: Print your result: what does grad_fn say? Which of the two switches is missing?
"""


def predict_proba(model, X):
    model.eval()
    return torch.softmax(model(X), dim=1)
