"""Training stops after five epochs without a better accuracy.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: The first of many epochs is the best. How many times is run_epoch called?
"""


def keep_best(model, run_epoch, epochs):
    best, since, weights = 0.0, 0, copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        since += 1
        if accuracy > best:
            best, since, weights = accuracy, 0, copy.deepcopy(model.state_dict())
        if since == 5:
            break
    model.load_state_dict(weights)
    return best
