"""Cross entropy stands in the code, the argument loss_fn is ignored.

fails: test_trains_with_the_loss_and_the_optimizer_it_is_given
hint: What is the argument loss_fn for?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for X, y in dataloader:
        loss = nn.functional.cross_entropy(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)
