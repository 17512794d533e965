"""range(1, epochs) runs one epoch too few.

fails: test_trains_the_model_as_many_epochs_as_asked_for, test_returns_the_best_accuracy, test_also_if_the_first_or_the_last_epoch_is_the_best
hint: For epochs=1, how often is run_epoch called?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, copy.deepcopy(model.state_dict())
    for epoch in range(1, epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return best
