"""The mode may change: the model is in evaluation mode afterwards."""


def save_model(model, path):
    model.eval()
    torch.save(model.state_dict(), path)
