"""The smallest number wins, as if it were a loss.

fails: test_trains_the_model_as_many_epochs_as_asked_for, test_returns_the_best_accuracy, test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: Is a high accuracy good or bad?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = float("inf"), None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy < best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return best
