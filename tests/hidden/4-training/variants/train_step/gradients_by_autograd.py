"""Gradients by torch.autograd.grad, put into place by hand."""


def train_step(model, X, y, loss_fn, optimizer):
    parameters = [p for p in model.parameters() if p.requires_grad]
    loss = loss_fn(model(X), y)
    for p, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        p.grad = gradient
    optimizer.step()
    return loss.tolist()
