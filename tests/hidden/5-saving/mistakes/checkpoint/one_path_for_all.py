"""The path is ignored: each checkpoint replaces the one before.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu, test_gives_back_the_epoch, test_file_holds_weights_and_optimizer_as_plain_data, test_loading_runs_no_code_from_a_file, test_leaves_mode_and_files_as_they_were
hint: There is no file at path after save_checkpoint. What happens with this argument?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, "checkpoint.pth")


def load_checkpoint(path, model, optimizer):
    state = torch.load("checkpoint.pth", map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
