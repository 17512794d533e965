"""The file is taken away once it was loaded.

fails: test_leaves_mode_and_files_as_they_were
hint: Training goes on, and the machine may fail once more. What has load_checkpoint changed
    besides the weights and the optimizer?
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    Path(path).unlink()
    return content["done"]
