"""The copy is made before the epoch runs: it is the weights of the epoch before.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: At which moment has the model the weights that reached this accuracy?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        state = copy.deepcopy(model.state_dict())
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, state
    model.load_state_dict(best_state)
    return best
