"""Of several epochs that are equally good, the last one is kept."""


def keep_best(model, run_epoch, epochs):
    best, kept = 0.0, None
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy >= best:
            best, kept = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return best
