"""A copy of the model is switched and asked."""


def predict_proba(model, X):
    quiet = copy.deepcopy(model)
    quiet.eval()
    with torch.no_grad():
        return torch.softmax(quiet(X), dim=1)
