"""The first learning rate is loaded for all groups of parameters.

fails: test_training_goes_on_with_all_that_a_model_keeps
hint: An optimizer may have several groups of parameters. Which learning rate has each of them?
"""


def save_checkpoint(path, model, optimizer, epoch):
    lr = optimizer.param_groups[0]["lr"]
    torch.save([model.state_dict(), optimizer.state_dict(), lr, epoch], path)


def load_checkpoint(path, model, optimizer):
    weights, state, lr, epoch = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(weights)
    optimizer.load_state_dict(state)
    for group in optimizer.param_groups:
        group["lr"] = lr
    return epoch
