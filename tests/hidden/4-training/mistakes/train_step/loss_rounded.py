"""The loss is rounded to two digits.

fails: test_returns_the_loss_as_a_float
hint: What becomes of a loss of 0.004 on the way back? Rounding is for printing.
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return round(loss.item(), 2)
