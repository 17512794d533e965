"""The model is put into evaluation mode for the step.

fails: test_leaves_the_rest_as_it_was
hint: In which mode was the model when it was given, and in which one does it compute?
"""


def train_step(model, X, y, loss_fn, optimizer):
    model.eval()
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()
