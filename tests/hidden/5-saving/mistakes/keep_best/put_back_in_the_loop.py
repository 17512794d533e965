"""The best weights are put back after each epoch: training starts from them again and again, and ends as it should only by luck.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: What does the next epoch start from? The docstring says when the best weights are put back: afterwards.
"""


def keep_best(model, run_epoch, epochs):
    accuracies, states = [], []
    for epoch in range(epochs):
        accuracies.append(run_epoch(model))
        states.append(copy.deepcopy(model.state_dict()))
        best = accuracies.index(min(accuracies))
        model.load_state_dict(states[best])
    return max(accuracies)
