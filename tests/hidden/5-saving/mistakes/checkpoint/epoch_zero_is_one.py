"""An epoch of 0 counts as none that was saved.

fails: test_gives_back_the_epoch
hint: No epoch is done yet, so the epoch is 0. What does load_checkpoint return?
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"] or 1
