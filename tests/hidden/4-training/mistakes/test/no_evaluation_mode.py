"""The model is tested in the mode in which it came.

fails: test_looks_at_the_model_in_evaluation_mode
hint: After training the model is in training mode. What switches it, with all of its layers?
"""


def test(dataloader, model, loss_fn):
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
