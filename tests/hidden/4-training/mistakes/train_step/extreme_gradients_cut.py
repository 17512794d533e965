"""Each number of the gradient is cut where it is large.

fails: test_uses_the_loss_and_the_optimizer_it_is_given
hint: The whole gradient is asked for. What becomes of a number of it that is 50?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    for p in model.parameters():
        p.grad.clamp_(-2, 2)
    optimizer.step()
    return loss.item()
