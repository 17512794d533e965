"""A new SGD in each epoch, which without momentum is the same, and dict() with names."""


def fit(model, train_loader, test_loader, epochs, lr):
    rows = []
    while len(rows) < epochs:
        loss_fn, optimizer = make_loss_and_optimizer(model, lr)
        train_loss = train(train_loader, model, loss_fn, optimizer)
        result = test(test_loader, model, loss_fn)
        rows.append(dict(accuracy=result[0], test_loss=result[1], train_loss=train_loss))
    return rows
