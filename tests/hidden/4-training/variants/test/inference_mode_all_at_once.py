"""Inference mode, and all logits collected before anything is counted."""


def test(dataloader, model, loss_fn):
    model.eval()
    with torch.inference_mode():
        pairs = [(model(X), y) for X, y in dataloader]
        logits = torch.cat([pair[0] for pair in pairs])
        labels = torch.cat([pair[1] for pair in pairs])
        accuracy = (logits.argmax(dim=1) == labels).double().mean()
        loss = loss_fn(logits, labels)
    return float(accuracy), float(loss)
