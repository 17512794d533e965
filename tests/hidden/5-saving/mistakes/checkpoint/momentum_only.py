"""Of the optimizer's state only the momentum is kept: other optimizers have something else.

fails: test_training_goes_on_with_adam, test_training_goes_on_with_all_that_a_model_keeps
hint: What does an optimizer keep for each weight, and is all of it in the file?
"""


def save_checkpoint(path, model, optimizer, epoch):
    kept = optimizer.state_dict()
    momenta = {
        number: {"momentum_buffer": state["momentum_buffer"]}
        for number, state in kept["state"].items()
        if "momentum_buffer" in state
    }
    kept["state"] = momenta
    torch.save({"model": model.state_dict(), "optimizer": kept, "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
