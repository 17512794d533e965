"""The gradients that the model has are thrown away.

fails: test_leaves_the_model_as_it_was
hint: Say that test is called between backward() and step(). What does step() find then?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    model.zero_grad()
    right, images, losses = 0, 0, []
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            right += count_correct(logits, y)
            images += len(y)
            losses.append(loss_fn(logits, y).item())
    return right / images, sum(losses) / len(losses)
