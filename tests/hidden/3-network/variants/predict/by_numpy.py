"""NumPy's argmax."""


def predict(model, X):
    logits = model(X).detach().numpy()
    return torch.from_numpy(np.argmax(logits, axis=1))
