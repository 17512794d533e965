"""A copy of the model is trained, the caller's own stays as it was.

fails: test_trains_the_model_it_is_given, test_last_accuracy_is_that_of_the_trained_model
hint: Which network does the caller hold afterwards, the trained one or the other?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    model = copy.deepcopy(model)
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
