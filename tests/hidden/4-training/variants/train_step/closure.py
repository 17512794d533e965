"""The step is given as a closure, which the optimizer calls."""


def train_step(model, X, y, loss_fn, optimizer):
    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model.forward(X), y)
        loss.backward()
        return loss

    return optimizer.step(closure).detach().numpy().item()
