"""The epoch comes back as a whole number of NumPy."""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save((model.state_dict(), optimizer.state_dict(), int(epoch)), path)


def load_checkpoint(path, model, optimizer):
    weights, state, epoch = torch.load(path, map_location=torch.device("cpu"), weights_only=True)
    model.load_state_dict(weights)
    optimizer.load_state_dict(state)
    return np.int64(epoch)
