"""The file lands in the working folder, under a name of its own.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: There is no file at path after the call. What happens with this argument?
"""


def save_model(model, path):
    torch.save(model.state_dict(), "model.pth")
