"""Keywords, a Path of its own making, and a name for the dictionary."""


def save_model(model: nn.Module, path) -> None:
    weights = model.state_dict()
    torch.save(obj=weights, f=Path(path))
    print(f"saved {len(weights)} tensors to {path}")
