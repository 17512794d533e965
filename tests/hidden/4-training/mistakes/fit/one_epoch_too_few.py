"""range(1, epochs) leaves one epoch out.

fails: test_trains_the_model_it_is_given, test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: How many rounds does range(1, epochs) make?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(1, epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
