"""Each epoch trains a copy of the model.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: The caller's own model did not learn. Which one does run_epoch get?
"""


def keep_best(model, run_epoch, epochs):
    best, state = 0, None
    for _ in range(epochs):
        trained = copy.deepcopy(model)
        accuracy = run_epoch(trained)
        if accuracy > best:
            best, state = accuracy, trained.state_dict()
    model.load_state_dict(state)
    return best
