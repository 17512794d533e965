"""The optimizer's state is put in place by hand, and stays on the CPU.

fails: test_training_goes_on_from_a_machine_with_a_gpu
hint: Where do the model's weights lie, and where what the optimizer keeps for them?
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    weights = [weight for group in optimizer.param_groups for weight in group["params"]]
    for number, state in content["sgd"]["state"].items():
        optimizer.state[weights[number]] = state
    return content["done"]
