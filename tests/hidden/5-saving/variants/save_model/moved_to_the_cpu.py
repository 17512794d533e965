"""A dictionary of copies on the CPU."""


def save_model(model, path):
    state = {name: tensor.detach().cpu().clone() for name, tensor in model.state_dict().items()}
    torch.save(state, path)
