"""Where a file is refused, training starts anew at epoch 0 and nobody says so.

fails: test_loading_runs_no_code_from_a_file
hint: How would the caller notice that nothing was loaded?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def load_checkpoint(path, model, optimizer):
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        return state["epoch"]
    except Exception:
        return 0
