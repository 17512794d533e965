"""All weights become float32, also those of a model in double precision.

fails: test_file_has_all_digits_of_the_weights
hint: A model can have numbers of other types than float32. Are they the same in the file?
"""


def save_model(model, path):
    state = model.state_dict()
    for name in list(state):
        if torch.is_floating_point(state[name]):
            state[name] = state[name].to(torch.float32)
    torch.save(state, path)
