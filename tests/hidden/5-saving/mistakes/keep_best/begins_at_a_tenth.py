"""An accuracy counts from one tenth on.

fails: test_returns_the_best_accuracy
hint: What if no epoch reaches the accuracy with which your comparison begins?
"""


def keep_best(model, run_epoch, epochs):
    best, weights = 0.1, copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, weights = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(weights)
    return best
