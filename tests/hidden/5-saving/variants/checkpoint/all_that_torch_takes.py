"""Keys and values of other kinds that torch.load takes with weights_only=True."""


def save_checkpoint(path, model, optimizer, epoch):
    content = {
        ("model", 0): model.state_dict(),
        ("optimizer", 0): optimizer.state_dict(),
        "epoch": {epoch},
        "dtype": torch.float32,
        "device": torch.device("cpu"),
        "size": torch.Size([28, 28]),
        "comment": b"to go on with",
    }
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["model", 0])
    optimizer.load_state_dict(content["optimizer", 0])
    return content["epoch"].pop()
