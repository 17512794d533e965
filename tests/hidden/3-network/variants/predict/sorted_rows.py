"""The last place of the sorted row."""


def predict(model, X):
    return predict_proba(model, X).argsort(dim=1)[:, -1]
