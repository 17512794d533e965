"""Logits and labels come from two passes over the loader: if it shuffles, they do not belong together.

fails: test_takes_the_images_as_the_loader_gives_them
hint: Do image and label still belong together if the loader shuffles in each pass?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    with torch.no_grad():
        logits = torch.cat([model(X) for X, _ in dataloader])
        labels = torch.cat([y for _, y in dataloader])
        loss = loss_fn(logits, labels).item()
    return count_correct(logits, labels) / len(labels), loss
