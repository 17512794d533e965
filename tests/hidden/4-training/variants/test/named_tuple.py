"""A tuple whose places have names."""


from collections import namedtuple

TestResult = namedtuple("TestResult", "accuracy loss")


@torch.no_grad()
def test(dataloader, model, loss_fn):
    model.eval()
    right, seen, losses = 0, 0, []
    for X, y in dataloader:
        logits = model(X)
        right += count_correct(logits, y)
        seen += len(y)
        losses.append(loss_fn(logits, y).item())
    return TestResult(right / seen, sum(losses) / len(losses))
