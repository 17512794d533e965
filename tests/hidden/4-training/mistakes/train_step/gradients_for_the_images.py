"""requires_grad is switched on for the images, which nobody trains.

fails: test_leaves_the_rest_as_it_was
hint: Images are not trained. Which tensors need gradients?
"""


def train_step(model, X, y, loss_fn, optimizer):
    X.requires_grad_()
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
