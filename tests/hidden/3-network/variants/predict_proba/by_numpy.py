"""The arithmetic in NumPy, in float64, and back to float32."""


def predict_proba(model, X):
    model.eval()
    logits = model(X).detach().numpy().astype(np.float64)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return torch.from_numpy((e / e.sum(axis=1, keepdims=True)).astype(np.float32))
