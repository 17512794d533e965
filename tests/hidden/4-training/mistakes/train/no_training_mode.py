"""The model stays in the mode in which it came.

fails: test_trains_in_training_mode
hint: After a test the model is in evaluation mode. What puts it back, with all of its layers?
"""


def train(dataloader, model, loss_fn, optimizer):
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
