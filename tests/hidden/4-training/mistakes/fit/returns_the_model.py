"""The model is returned, not the history.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: The caller has the model already. What else is asked for?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    for _ in range(epochs):
        train(train_loader, model, loss_fn, optimizer)
        test(test_loader, model, loss_fn)
    return model
