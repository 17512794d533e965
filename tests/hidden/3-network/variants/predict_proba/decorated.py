"""The decorator form, and softmax as a method along the last axis."""


@torch.no_grad()
def predict_proba(model, X):
    return model.eval()(X).softmax(-1)
