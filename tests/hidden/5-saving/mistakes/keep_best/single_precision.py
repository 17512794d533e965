"""The copy is made of Python numbers and back, which gives float32.

fails: test_puts_back_the_whole_state_dict
hint: A model can have numbers of other types than float32. Does your copy keep them all?
"""


def keep_best(model, run_epoch, epochs):
    best, weights = 0.0, copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, weights = accuracy, {n: torch.tensor(t.tolist()) for n, t in model.state_dict().items()}
    model.load_state_dict(weights)
    return best
