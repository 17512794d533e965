"""The loss as a number by a function that was imported."""


from operator import methodcaller


def train_step(model, X, y, loss_fn, optimizer):
    for p in model.parameters():
        p.grad = None
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return methodcaller("item")(loss.detach().cpu())
