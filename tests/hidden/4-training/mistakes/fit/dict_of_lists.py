"""One dict with three lists, not a list with one dict an epoch.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: A list of dicts or a dict of lists? history[0] should be the first epoch.
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = {"train_loss": [], "test_loss": [], "accuracy": []}
    for _ in range(epochs):
        history["train_loss"].append(train(train_loader, model, loss_fn, optimizer))
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history["test_loss"].append(test_loss)
        history["accuracy"].append(accuracy)
    return history
