"""A checkpoint from a machine with a GPU cannot be loaded on one without.

fails: test_training_goes_on_from_a_machine_with_a_gpu
hint: Where does torch.load put tensors that were saved on a GPU, if there is none here?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
