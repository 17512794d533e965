"""Tensors from cuda:0 go to the CPU, those from any other GPU can't be loaded.

fails: test_training_goes_on_from_a_machine_with_a_gpu
hint: A machine with several GPUs may have saved the file. Where do those tensors go?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location={"cuda:0": "cpu"}, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
