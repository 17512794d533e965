"""The best accuracy so far is never updated: every epoch is better than 0, so the last one is kept.

fails: test_trains_the_model_as_many_epochs_as_asked_for, test_returns_the_best_accuracy, test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: The last epoch was taken for the best one. With what is its accuracy compared?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best_state = copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return best
