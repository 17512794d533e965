"""A right version of `fit`, for the cell that trains the model: lent after its own checks."""

from collections.abc import Iterable

import torch
from right_evaluation import test
from right_loss_and_optimizer import make_loss_and_optimizer
from right_train import train
from torch import nn


def fit(
    model: nn.Module,
    train_loader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    test_loader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    epochs: int,
    lr: float,
) -> list[dict[str, float]]:
    """Trains for some epochs; what came of each of them."""
    loss_fn, optimizer = make_loss_and_optimizer(model, lr)
    history = []
    for _ in range(epochs):
        row = {"train_loss": train(train_loader, model, loss_fn, optimizer)}
        row["accuracy"], row["test_loss"] = test(test_loader, model, loss_fn)
        history.append(row)
    return history
