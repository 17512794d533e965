"""The images are flattened before the model gets them.

fails: test_calls_the_model
hint: Does every model take rows of pixels, or images as they are?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X.flatten(1)), dim=1)
