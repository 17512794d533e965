"""At the end the model gets the weights of the epoch with the lowest loss.

fails: test_the_last_epoch_is_the_last_that_was_asked_for, test_last_accuracy_is_that_of_the_trained_model
hint: At the end the model should have the last epoch's weights. What puts back earlier ones?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history, best, state = [], float("inf"), None
    for epoch in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        if test_loss < best:
            best, state = test_loss, copy.deepcopy(model.state_dict())
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    model.load_state_dict(state)
    return history
