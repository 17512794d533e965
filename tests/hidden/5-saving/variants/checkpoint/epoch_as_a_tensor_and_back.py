"""The epoch is saved as a tensor and made a number again."""


def save_checkpoint(path, model, optimizer, epoch):
    weights = {name: tensor.cpu() for name, tensor in model.state_dict().items()}
    what = {"net": weights, "opt": optimizer.state_dict(), "epoch": torch.tensor(epoch)}
    torch.save(what, path)


def load_checkpoint(path, model, optimizer):
    device = next(model.parameters()).device
    what = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(what["net"])
    optimizer.load_state_dict(what["opt"])
    return what["epoch"].item()
