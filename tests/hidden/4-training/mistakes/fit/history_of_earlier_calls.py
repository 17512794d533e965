"""The list is made once, with the function, and grows from call to call.

fails: test_the_last_epoch_is_the_last_that_was_asked_for
hint: How many dicts are in the list when the function is called a second time?
"""


def fit(model, train_loader, test_loader, epochs, lr, history=[]):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    for epoch in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
