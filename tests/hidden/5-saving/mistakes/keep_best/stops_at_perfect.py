"""Training stops once the accuracy is 1.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: All is right after the first epoch. How many epochs were asked for?
"""


def keep_best(model, run_epoch, epochs):
    best, weights = 0.0, copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, weights = accuracy, copy.deepcopy(model.state_dict())
        if accuracy == 1:
            break
    model.load_state_dict(weights)
    return best
