"""A copy of the whole model is kept and its weights put back."""


def keep_best(model, run_epoch, epochs):
    best_accuracy = -1
    best_model = None
    for epoch in range(1, epochs + 1):
        accuracy = run_epoch(model)
        print(f"epoch {epoch}: {accuracy:.1%}")
        if best_model is None or accuracy > best_accuracy:
            best_accuracy, best_model = accuracy, copy.deepcopy(model)
    model.load_state_dict(best_model.state_dict())
    return best_accuracy
