"""The returned loss is that of the updated weights.

fails: test_returns_the_loss_as_a_float
hint: Which loss is asked for: the one that the step was made from, or a new one after it?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss_fn(model(X), y).backward()
    optimizer.step()
    with torch.no_grad():
        return loss_fn(model(X), y).item()
