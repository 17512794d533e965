"""The model clears its gradients, not the optimizer, and before the forward pass."""


def train_step(model, X, y, loss_fn, optimizer):
    model.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()
