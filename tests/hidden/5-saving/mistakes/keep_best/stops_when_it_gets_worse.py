"""Training stops at the first epoch that is no better.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: How many epochs were asked for? The accuracy wobbles.
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy <= best:
            break
        best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return best
