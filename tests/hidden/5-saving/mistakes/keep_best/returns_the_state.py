"""The best weights are returned along with the accuracy.

fails: test_trains_the_model_as_many_epochs_as_asked_for, test_returns_the_best_accuracy, test_puts_back_the_whole_state_dict
hint: What is asked for? The weights belong into the model.
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return best, best_state
