"""The best weights wait in memory, as the bytes of a file."""

import io


def keep_best(model, run_epoch, epochs):
    history, best_bytes = [], b""
    for _ in range(epochs):
        history.append(run_epoch(model))
        if history[-1] == max(history):
            buffer = io.BytesIO()
            torch.save(model.state_dict(), buffer)
            best_bytes = buffer.getvalue()
    model.load_state_dict(torch.load(io.BytesIO(best_bytes), weights_only=True))
    model.eval()
    return max(history)
