"""The accuracy in the record is in percent, and not what test returned.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model, test_numbers_are_floats_with_all_digits
hint: Is the accuracy in the dict the number that test returned?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        row = {"train_loss": train_loss, "test_loss": test_loss, "accuracy": 100 * accuracy}
        history.append(row)
    return history
