"""The epoch is kept as a number of 8 bits.

fails: test_gives_back_the_epoch
hint: How large can an epoch be, and how large can the number be that you keep it in?
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": torch.tensor(epoch).to(torch.uint8)}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"].item()
