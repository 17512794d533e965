"""A second file is written beside the one that was asked for.

fails: test_leaves_mode_and_files_as_they_were
hint: How many files are there after save_checkpoint? The caller has named one.
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)
    torch.save(content, f"{path}.{epoch}")


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
