"""The training ends where the loss hardly changes: the list is shorter than epochs.

fails: test_the_last_epoch_is_the_last_that_was_asked_for
hint: Where the loss hardly changes, too few dicts come back. What alone decides how many there are?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history, last = [], 1000.0
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
        if abs(last - train_loss) < 1e-4:
            break
        last = train_loss
    return history
