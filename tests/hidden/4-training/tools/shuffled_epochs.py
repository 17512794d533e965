"""An epoch of `train` or `train_on` on a loader that shuffles."""

from collections.abc import Callable
from typing import Any

import torch
from picture_models import shuffling_loader
from torch import nn


def samples_seen(
    train: Callable[..., Any], X: torch.Tensor, y: torch.Tensor, batch_size: int, *more: Any
) -> int:
    """How many different samples the model has seen in one epoch. X: (N, inputs), no row twice."""
    model = nn.Linear(X.shape[1], int(y.max()) + 1)
    seen: set[tuple[float, ...]] = set()
    model.register_forward_pre_hook(
        lambda module, inputs: seen.update(map(tuple, inputs[0].detach().tolist()))
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    train(shuffling_loader(X, y, batch_size), model, nn.CrossEntropyLoss(), optimizer, *more)
    return len(seen)
