"""The weights are written as text, rounded and out of torch.load's reach.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: Which function of torch writes a file that torch.load reads?
"""


def save_model(model, path):
    with open(path, "w") as file:
        file.write(str(model.state_dict()))
