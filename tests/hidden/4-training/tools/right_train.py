"""A right version of `train`, which `train_on` and `fit` may call: lent after its own checks."""

from collections.abc import Callable, Iterable

import torch
from right_train_step import train_step
from torch import nn


def train(
    dataloader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    model: nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
) -> float:
    """One epoch; the mean loss over the batches."""
    model.train()
    losses = [train_step(model, X, y, loss_fn, optimizer) for X, y in dataloader]
    return sum(losses) / len(losses)
