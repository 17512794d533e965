"""The model itself is made half precision before it is saved.

fails: test_file_holds_the_state_dict, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: Has the model the same numbers after it was saved? A module's .half() works in place.
"""


def save_model(model, path):
    torch.save(model.half().state_dict(), path)
