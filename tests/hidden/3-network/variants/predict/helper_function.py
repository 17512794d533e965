"""A helper of its own, and the former mode put back."""


def highest(row):
    return int(row.argmax())


def predict(model, X):
    was_training = model.training
    model.eval()
    probabilities = predict_proba(model, X)
    model.train(was_training)
    return torch.LongTensor([highest(row) for row in probabilities])
