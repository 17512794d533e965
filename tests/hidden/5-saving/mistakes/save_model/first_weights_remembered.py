"""What a model had when it was first saved is kept, and saved again later.

fails: test_each_file_is_at_the_path_that_was_given
hint: A model is saved, learns more, and is saved again. Which weights are in the new file?
"""

_states = {}


def save_model(model, path):
    state = _states.setdefault(model, copy.deepcopy(model.state_dict()))
    torch.save(state, path)
