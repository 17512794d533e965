"""The one highest of each row."""


def predict(model, X):
    with torch.inference_mode():
        return model(X).topk(1, dim=-1).indices[:, 0]
