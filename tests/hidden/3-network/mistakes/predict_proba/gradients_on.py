"""eval() is taken for a switch of the gradients.

fails: test_gives_float32_numbers_without_a_graph
hint: Your result has a grad_fn. Which lines run inside the block that records no gradients?
"""


def predict_proba(model, X):
    model.eval()
    return torch.softmax(model(X), dim=1)
