"""Inference mode and the softmax layer."""


def predict_proba(model, X):
    model.eval()
    with torch.inference_mode():
        return nn.Softmax(dim=1)(model(X))
