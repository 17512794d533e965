"""The list is made anew in each epoch: it holds the last epoch only.

fails: test_gives_one_dict_for_each_epoch, test_last_accuracy_is_that_of_the_trained_model
hint: Only the dict of the last epoch came back. Where are those of the earlier ones?
"""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        history = []
        train_loss = train(train_loader, model, loss_fn, optimizer)
        accuracy, test_loss = test(test_loader, model, loss_fn)
        history.append({"train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy})
    return history
