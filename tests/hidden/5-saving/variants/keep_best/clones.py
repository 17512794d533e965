"""Each tensor cloned by hand, starting below everything."""


def keep_best(model, run_epoch, epochs):
    best, kept = float("-inf"), {}
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy >= best:
            best = accuracy
            kept = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    model.load_state_dict(kept)
    return best
