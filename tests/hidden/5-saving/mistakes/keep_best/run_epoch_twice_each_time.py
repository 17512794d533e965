"""Two epochs in each round.

fails: test_trains_the_model_as_many_epochs_as_asked_for, test_returns_the_best_accuracy, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: Each call of run_epoch trains for one epoch. How often do you call it in one round?
"""


def keep_best(model, run_epoch, epochs):
    best, state = 0, None
    for _ in range(epochs):
        run_epoch(model)
        accuracy = run_epoch(model)
        if accuracy > best:
            best, state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(state)
    return best
