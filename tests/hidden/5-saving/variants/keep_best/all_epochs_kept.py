"""Keeps every epoch and chooses at the end."""


def keep_best(model, run_epoch, epochs):
    states, accuracies = [], []
    while len(states) < epochs:
        accuracies.append(run_epoch(model))
        states.append(copy.deepcopy(model.state_dict()))
    best = int(np.argmax(accuracies))
    model.load_state_dict(states[best])
    return accuracies[best]
