"""torch.max gives values and places."""


@torch.no_grad()
def predict(model, X):
    values, places = torch.max(model(X), dim=1)
    return places
