"""Names are put together by hand, from the layers that stand directly in the model.

fails: test_file_holds_the_state_dict, test_file_has_all_digits_of_the_weights, test_a_new_network_takes_the_weights_of_the_file, test_each_file_is_at_the_path_that_was_given, test_leaves_the_model_as_it_was
hint: A layer can hold other layers, and a model weights of its own. Are they all in the file?
"""


def save_model(model, path):
    state = {}
    for outer, layer in model.named_children():
        tensors = [*layer.named_parameters(recurse=False), *layer.named_buffers(recurse=False)]
        for inner, tensor in tensors:
            state[outer + "." + inner] = tensor.detach().clone()
    torch.save(state, path)
