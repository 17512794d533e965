"""A look in between leaves the model in evaluation mode.

fails: test_trains_in_training_mode
hint: In which mode is the model after your look in between, when the next batch comes?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for i, (X, y) in enumerate(dataloader):
        losses.append(train_step(model, X, y, loss_fn, optimizer))
        if i % 20 == 19:
            model.eval()
            with torch.no_grad():
                print(i, loss_fn(model(X), y).item())
    return sum(losses) / len(losses)
