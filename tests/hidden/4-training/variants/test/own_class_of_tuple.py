"""A class of its own that is a tuple, and inference mode for the model alone."""


from typing import NamedTuple


class Score(NamedTuple):
    accuracy: float
    loss: float

    def __str__(self):
        return f"{self.accuracy:.1%}"


def test(dataloader, model, loss_fn):
    model.eval()
    hits, losses = [], []
    for X, y in dataloader:
        with torch.inference_mode():
            logits = model(X)
        hits += (logits.argmax(-1) == y).tolist()
        losses.append(float(loss_fn(logits, y)))
    return Score(accuracy=float(np.mean(hits)), loss=float(np.mean(losses)))
