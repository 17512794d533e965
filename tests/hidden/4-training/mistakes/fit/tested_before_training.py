"""Each epoch is tested before it is trained: the numbers lag one epoch behind.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: Which comes first in an epoch, training or testing?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        accuracy, test_loss = test(test_loader, model, loss_fn)
        train_loss = train(train_loader, model, loss_fn, optimizer)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
