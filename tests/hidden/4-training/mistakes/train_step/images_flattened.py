"""Each sample is made a row of numbers, which not every model wants.

fails: test_uses_the_loss_and_the_optimizer_it_is_given
hint: Does the model get the batch X as it is, with all its axes?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X.reshape(len(X), -1)), y)
    loss.backward()
    optimizer.step()
    return loss.item()
