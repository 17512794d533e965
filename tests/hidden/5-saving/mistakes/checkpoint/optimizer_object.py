"""The optimizer is saved as an object, and its state is loaded from that.

fails: test_file_holds_weights_and_optimizer_as_plain_data, test_loading_runs_no_code_from_a_file
hint: Something in your file is an object, not plain data. What does it give you to save?
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer, "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"].state_dict())
    return checkpoint["epoch"]
