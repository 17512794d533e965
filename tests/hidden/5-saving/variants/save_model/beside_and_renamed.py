"""Written beside the file and then put in its place, so that a crash leaves the old one whole."""


def save_model(model, path):
    model.eval()
    beside = f"{path}.new"
    torch.save(copy.deepcopy(model.state_dict()), beside)
    os.replace(beside, path)
    return path
