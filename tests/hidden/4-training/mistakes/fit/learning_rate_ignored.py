"""The learning rate stands in the code.

fails: test_trains_the_model_it_is_given, test_gives_one_dict_for_each_epoch
hint: What happens with the argument lr?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, 0.01)
    history = []
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
