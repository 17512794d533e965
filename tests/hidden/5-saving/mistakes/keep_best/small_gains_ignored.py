"""An accuracy must be higher by a thousandth to count.

fails: test_also_if_the_first_or_the_last_epoch_is_the_best
hint: Two epochs differ by one image of 20,000. Which of them is the best?
"""


def keep_best(model, run_epoch, epochs):
    best, weights = 0.0, copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy - best > 0.001:
            best, weights = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(weights)
    return best
