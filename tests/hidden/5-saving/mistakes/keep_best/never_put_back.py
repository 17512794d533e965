"""The best weights are copied and never put back.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: What is in the model after the last epoch?
"""


def keep_best(model, run_epoch, epochs):
    best, best_state = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    return best
