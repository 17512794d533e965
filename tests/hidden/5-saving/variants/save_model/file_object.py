"""Opens the file first."""


def save_model(model, path):
    with open(path, "wb") as file:
        torch.save(model.state_dict(), file)
