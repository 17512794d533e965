"""Gradients are switched off parameter by parameter, and never on again: the model can't be trained further.

fails: test_leaves_the_model_as_it_was
hint: What can this model still learn after the test?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
