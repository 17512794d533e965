"""A right version of `test`, which `fit` may call: lent after its own checks."""

from collections.abc import Callable, Iterable

import torch
from right_count_correct import count_correct
from torch import nn


def test(
    dataloader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    model: nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> tuple[float, float]:
    """The share of right images, and the mean loss over the batches."""
    model.eval()
    losses, correct, count = [], 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            losses.append(loss_fn(logits, y).item())
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, sum(losses) / len(losses)
