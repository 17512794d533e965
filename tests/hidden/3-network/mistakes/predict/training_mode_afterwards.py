"""Leaves the model in training mode.

fails: test_predicts_in_evaluation_mode_and_changes_nothing
hint: In which mode did the model come, and in which one is it afterwards?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        classes = model(X).argmax(dim=1)
    model.train()
    return classes
