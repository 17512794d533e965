"""Of the optimizer's state only what SGD and Adam keep is saved.

fails: test_training_goes_on_with_all_that_a_model_keeps
hint: Other optimizers keep other things than SGD and Adam. Is all of it in the file?
"""


def save_checkpoint(path, model, optimizer, epoch):
    sgd = optimizer.state_dict()
    known = ("momentum_buffer", "step", "exp_avg", "exp_avg_sq")
    for number, state in sgd["state"].items():
        sgd["state"][number] = {key: state[key] for key in known if key in state}
    content = {"net": model.state_dict(), "sgd": sgd, "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
