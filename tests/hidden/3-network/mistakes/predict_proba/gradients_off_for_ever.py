"""Gradients are switched off for the whole program.

fails: test_gives_float32_numbers_without_a_graph
hint: Who switches them on again after your function?
"""


def predict_proba(model, X):
    model.eval()
    torch.set_grad_enabled(False)
    return torch.softmax(model(X), dim=1)
