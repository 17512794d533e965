"""The format before the zip archive."""


def save_model(model, path):
    torch.save(model.state_dict(), path, _use_new_zipfile_serialization=False)
