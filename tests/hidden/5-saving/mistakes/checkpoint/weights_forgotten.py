"""The optimizer's state and the epoch are saved, the model's weights are not.

fails: test_file_holds_weights_and_optimizer_as_plain_data, test_leaves_mode_and_files_as_they_were
hint: After load_checkpoint, are the model's weights those that it had when it was saved?
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
