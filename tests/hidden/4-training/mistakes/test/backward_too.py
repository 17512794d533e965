"""A copy of the training loop: the loss still goes backward and fills the gradients.

fails: test_records_no_gradients, test_leaves_the_model_as_it_was
hint: Testing only looks. What is backward() for here?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        loss = loss_fn(logits, y)
        loss.backward()
        total += loss.item()
        correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
