"""The weights are rounded to four digits.

fails: test_file_has_all_digits_of_the_weights
hint: The weights in the file are near those of the model. What takes digits away?
"""


def save_model(model, path):
    state = model.state_dict()
    for name, tensor in state.items():
        if tensor.is_floating_point():
            state[name] = (tensor * 10_000).round() / 10_000
    torch.save(state, path)
