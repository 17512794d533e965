"""The dictionary is new, its tensors are the model's own: at the end they are the last epoch's.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: The last epoch's weights were put back. state_dict() copies no tensors, and neither does a new dictionary, or detach(). Whose are in what you kept?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = -1.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, model.state_dict().copy()
    model.load_state_dict(best_state)
    return best
