"""eval() is taken for a switch of the gradients.

fails: test_gives_float32_numbers_without_a_graph
hint: Your result requires a gradient. Which of your lines run where none are recorded?
"""


def predict_proba(model, X):
    model.eval()
    return torch.softmax(model(X), dim=1)
