"""A new network's weights are saved, not those of the model that was given.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: The file does not have the names of the model that was given. Whose state_dict is it?
"""


def save_model(model, path):
    torch.save(NeuralNetwork().state_dict(), path)
