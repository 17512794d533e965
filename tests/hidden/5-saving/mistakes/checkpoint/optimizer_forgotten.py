"""Weights and epoch only: training goes on, but momentum and learning rate start anew.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu, test_file_holds_weights_and_optimizer_as_plain_data
hint: Who keeps the momentum, and the learning rate? That has a state_dict too.
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(checkpoint["model"])
    return checkpoint["epoch"]
