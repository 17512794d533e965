"""The state of the first weight is asked for, also where the optimizer has none yet.

fails: test_gives_back_the_epoch
hint: An optimizer keeps nothing before its first step. Can training be saved then?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = optimizer.state_dict()["state"]
    state[0].keys()
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
