"""The caller's images are turned into rows of pixels themselves.

fails: test_calls_the_model, test_leaves_the_model_and_the_images_as_they_were
hint: What shape has the caller's batch afterwards, and which shape has the model seen?
"""


def predict_proba(model, X):
    model.eval()
    X.resize_(len(X), 784)
    with torch.no_grad():
        return torch.softmax(model(X), dim=1)
