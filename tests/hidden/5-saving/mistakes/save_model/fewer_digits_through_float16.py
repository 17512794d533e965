"""float16 on the way.

fails: test_file_has_all_digits_of_the_weights
hint: The weights in the file are near those of the model. What takes digits away?
"""


def save_model(model, path):
    state = {}
    for name, tensor in model.state_dict().items():
        state[name] = tensor.half().float() if tensor.dtype == torch.float32 else tensor
    torch.save(state, path)
