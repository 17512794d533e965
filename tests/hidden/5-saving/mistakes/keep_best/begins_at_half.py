"""An accuracy counts from one half on.

fails: test_returns_the_best_accuracy
hint: What if no epoch reaches the accuracy with which your comparison begins?
"""


def keep_best(model, run_epoch, epochs):
    best = 0.5
    state = copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(state)
    return best
