"""No gradients are recorded while run_epoch trains.

fails: test_trains_the_model_as_many_epochs_as_asked_for
hint: run_epoch trains the model. Are gradients recorded while it runs?
"""


@torch.no_grad()
def keep_best(model, run_epoch, epochs):
    best, state = 0, None
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(state)
    return best
