"""What the optimizer keeps for each weight is loaded, its settings are not.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu
hint: Which learning rate has the optimizer after load_checkpoint, and which one was saved?
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save([epoch, model.state_dict(), optimizer.state_dict()["state"]], path)


def load_checkpoint(path, model, optimizer):
    epoch, weights, state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(weights)
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return epoch
