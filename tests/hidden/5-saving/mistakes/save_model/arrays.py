"""The tensors are turned into NumPy arrays, which weights_only=True refuses.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: Which kinds of objects does torch.load take with weights_only=True? The tensors were fine as they were.
"""


def save_model(model, path):
    torch.save({name: tensor.numpy() for name, tensor in model.state_dict().items()}, path)
