"""A new optimizer takes the place of the one that was given.

fails: test_every_batch_moves_the_weights_once, test_trains_with_the_loss_and_the_optimizer_it_is_given
hint: Whose learning rate is used: that of the optimizer in the argument list?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
    for X, y in dataloader:
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
