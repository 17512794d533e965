"""Saved under one key, looked for under another.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu, test_gives_back_the_epoch, test_loading_runs_no_code_from_a_file, test_leaves_mode_and_files_as_they_were
hint: Read the keys of both functions side by side.
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {"model_state": model.state_dict(), "optim_state": optimizer.state_dict(), "epoch": epoch},
        path,
    )


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model_state_dict"])
    optimizer.load_state_dict(state["optimizer_state_dict"])
    return state["epoch"]
