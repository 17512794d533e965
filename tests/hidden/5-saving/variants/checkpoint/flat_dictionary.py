"""Weights under names with a prefix, the optimizer's two parts one by one."""


def save_checkpoint(path, model, optimizer, epoch):
    content = {f"model.{name}": tensor for name, tensor in model.state_dict().items()}
    state = optimizer.state_dict()
    content["state"], content["groups"] = state["state"], state["param_groups"]
    content["epoch"] = [epoch]
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    weights = {k.removeprefix("model."): v for k, v in content.items() if k.startswith("model.")}
    model.load_state_dict(weights)
    optimizer.load_state_dict({"state": content["state"], "param_groups": content["groups"]})
    return content["epoch"][0]
