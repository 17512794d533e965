"""The dicts are made of pairs, the accuracy is a NumPy float."""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        row = [("train_loss", train(train_loader, model, loss_fn, optimizer))]
        row += zip(("accuracy", "test_loss"), map(np.float64, test(test_loader, model, loss_fn)))
        history += [dict(row)]
    return history
