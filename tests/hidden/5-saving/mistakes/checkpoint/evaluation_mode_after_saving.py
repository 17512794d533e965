"""The model is in evaluation mode after it was saved.

fails: test_file_holds_weights_and_optimizer_as_plain_data
hint: In which mode is the model after save_checkpoint? Training goes on with it.
"""


def save_checkpoint(path, model, optimizer, epoch):
    model.eval()
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path
    )


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
