"""The best weights are put back after each worse epoch, so that training does not go on.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: With which weights does the epoch begin that follows a worse one?
"""


def keep_best(model, run_epoch, epochs):
    best, kept = 0.0, None
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, kept = accuracy, copy.deepcopy(model.state_dict())
        else:
            model.load_state_dict(kept)
    return best
