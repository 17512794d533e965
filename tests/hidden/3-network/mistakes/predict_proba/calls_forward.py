"""model.forward(X) runs the layers, but not the model's hooks.

fails: test_calls_the_model
hint: How is a model run, and what does forward alone leave out?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model.forward(X), dim=1)
