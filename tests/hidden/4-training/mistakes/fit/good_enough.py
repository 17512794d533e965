"""The training ends as soon as the accuracy is high: the list is shorter than epochs.

fails: test_the_last_epoch_is_the_last_that_was_asked_for
hint: With a model that is good early, too few dicts come back. What alone decides how many there are?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history, accuracy = [], 0.0
    while len(history) < epochs and accuracy < 0.95:
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
