"""A new network is made and filled inside: the caller's stays as it was.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu, test_loading_runs_no_code_from_a_file, test_leaves_mode_and_files_as_they_were
hint: Which model does the caller hold, and has anything happened to it?
"""


def save_checkpoint(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


def load_checkpoint(path, model, optimizer):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = copy.deepcopy(model)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
