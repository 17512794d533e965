"""An optimizer of its own moves the weights and not the biases.

fails: test_trains_the_model_it_is_given, test_the_last_epoch_is_the_last_that_was_asked_for, test_last_accuracy_is_that_of_the_trained_model
hint: Which of the model's parameters does the optimizer hold?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn = nn.CrossEntropyLoss()
    weights = [p for name, p in model.named_parameters() if "bias" not in name]
    optimizer = torch.optim.SGD(weights, lr=lr)
    history = []
    for _ in range(epochs):
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
