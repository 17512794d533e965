"""One dict is filled again and again: all items of the list are the same last epoch.

fails: test_gives_one_dict_for_each_epoch
hint: How many dicts are made? A list holds references, so a dict changed later changes in the list too.
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history, row = [], {}
    for _ in range(epochs):
        row["train_loss"] = train(train_loader, model, loss_fn, optimizer)
        row["accuracy"], row["test_loss"] = test(test_loader, model, loss_fn)
        history.append(row)
    return history
