"""A loop over what has a state_dict, and the epoch as a text."""


def _stateful(model, optimizer):
    return {"model": model, "optimizer": optimizer}


def save_checkpoint(path, model, optimizer, epoch):
    content = {name: thing.state_dict() for name, thing in _stateful(model, optimizer).items()}
    torch.save({**content, "epoch": str(epoch)}, Path(path))


def load_checkpoint(path, model, optimizer):
    content = torch.load(Path(path), map_location="cpu", weights_only=True)
    for name, thing in _stateful(model, optimizer).items():
        thing.load_state_dict(content[name])
    return int(content["epoch"])
