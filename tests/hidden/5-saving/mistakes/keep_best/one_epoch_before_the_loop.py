"""A first epoch before the loop, then all the others.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: For epochs=1, how often is run_epoch called?
"""


def keep_best(model, run_epoch, epochs):
    best = run_epoch(model)
    state = copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(state)
    return best
