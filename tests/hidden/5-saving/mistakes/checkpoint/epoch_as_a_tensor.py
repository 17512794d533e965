"""The epoch comes back as a tensor that prints like a number.

fails: test_gives_back_the_epoch
hint: Is it the same number that was given, a plain int?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "epoch": torch.tensor(epoch),
    }
    torch.save(state, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
