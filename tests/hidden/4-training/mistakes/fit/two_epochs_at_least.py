"""Whether to stop is asked only after the second epoch, so it never trains for one alone.

fails: test_the_last_epoch_is_the_last_that_was_asked_for
hint: How many dicts come back with epochs=1?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    epoch = 1
    while True:
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
        epoch += 1
        if epoch > max(epochs, 2):
            return history
