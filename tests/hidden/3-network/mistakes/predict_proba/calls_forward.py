"""model.forward(X) runs the layers, but not the model's hooks.

fails: test_calls_the_model
hint: A hook of the model did not run. By which line do you run the model?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model.forward(X), dim=1)
