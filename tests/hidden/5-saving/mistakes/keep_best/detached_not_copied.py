"""detach() and cpu() copy nothing here: the tensors are the model's own.

fails: test_model_has_the_weights_of_its_best_epoch, test_also_if_the_first_or_the_last_epoch_is_the_best, test_puts_back_the_whole_state_dict
hint: The last epoch's weights were put back. state_dict() copies no tensors, and neither does a new dictionary, or detach(). Whose are in what you kept?
"""


def keep_best(model, run_epoch, epochs):
    best, kept = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best = accuracy
            kept = {name: w.detach().cpu() for name, w in model.state_dict().items()}
    model.load_state_dict(kept)
    return best
