"""The state_dict is wrapped in another dictionary, so that load_state_dict does not know the names.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: Which names does load_state_dict see in the file? Here the file is the state_dict itself; a checkpoint comes later.
"""


def save_model(model, path):
    torch.save({"model_state_dict": model.state_dict()}, path)
