"""After saving, the optimizer goes on with shorter strides.

fails: test_file_holds_weights_and_optimizer_as_plain_data
hint: Does training take the same steps after save_checkpoint as it would have without it?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)
    for group in optimizer.param_groups:
        group["lr"] *= 0.5


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
