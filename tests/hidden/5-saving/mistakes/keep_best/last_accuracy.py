"""The last epoch's accuracy is returned.

fails: test_returns_the_best_accuracy, test_puts_back_the_whole_state_dict
hint: Which accuracy belongs to the weights that the model has now?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return accuracy
