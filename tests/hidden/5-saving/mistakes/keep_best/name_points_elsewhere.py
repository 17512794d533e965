"""A copy of the whole model is kept, and only the local name model stands for it at the end.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: The caller's own model has the last epoch's weights. How do the best ones get into that object?
"""


def keep_best(model, run_epoch, epochs):
    best, best_model = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, best_model = accuracy, copy.deepcopy(model)
    model = best_model
    return best
