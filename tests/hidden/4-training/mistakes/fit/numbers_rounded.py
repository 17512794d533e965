"""The numbers of the record are rounded.

fails: test_numbers_are_floats_with_all_digits
hint: Does the record hold all digits? Rounding is for printing.
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for epoch in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": round(train_loss, 2), "test_loss": round(test_loss, 2), "accuracy": round(accuracy, 2)})
    return history
