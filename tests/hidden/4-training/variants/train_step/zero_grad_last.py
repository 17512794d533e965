"""The gradients are cleared after the step, ready for the next one."""


def train_step(model, X, y, loss_fn, optimizer):
    model.train()
    pred = model(X)
    loss = loss_fn(pred, y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    loss_value = float(loss)
    return loss_value
