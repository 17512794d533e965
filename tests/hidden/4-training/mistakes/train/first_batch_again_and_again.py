"""A new iterator is made for every batch: it is always the first one (or a random one).

fails: test_every_batch_moves_the_weights_once, test_returns_the_mean_loss_over_the_batches
hint: The first batch was used again and again. Which batch does each round of your loop get?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for _ in range(len(dataloader)):
        X, y = next(iter(dataloader))
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
