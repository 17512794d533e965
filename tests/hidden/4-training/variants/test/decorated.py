"""A decorator switches gradients off, and the mode is put back afterwards."""


@torch.no_grad()
def test(dataloader, model, loss_fn):
    was_training = model.training
    model.eval()
    losses, hits, seen = [], 0, 0
    for X, y in dataloader:
        logits = model(X)
        losses.append(loss_fn(logits, y))
        hits += count_correct(logits, y)
        seen += y.size(0)
    model.train(was_training)
    return hits / seen, torch.stack(losses).mean().item()
