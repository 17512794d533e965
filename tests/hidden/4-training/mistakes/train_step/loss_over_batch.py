"""The loss, a mean already, is divided by the number of images once more.

fails: test_returns_the_loss_before_the_step, test_returns_the_loss_as_a_float
hint: The loss of the batch is a mean already. What is it divided by?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item() / len(y)
