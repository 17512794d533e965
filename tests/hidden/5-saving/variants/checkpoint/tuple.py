"""A tuple in the place of a dictionary."""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save((model.state_dict(), optimizer.state_dict(), epoch), path)


def load_checkpoint(path, model, optimizer):
    weights, optimizer_state, epoch = torch.load(path, "cpu", weights_only=True)
    model.load_state_dict(weights)
    optimizer.load_state_dict(optimizer_state)
    return epoch
