"""The accuracy is measured on the images that the model has learned from.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: On which images does the accuracy say something about new ones?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(train_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
