"""For a closer look at an answer of `test` that fails: when gradients are on."""

from collections.abc import Callable
from typing import Any

import torch
from loaders import loader
from torch import nn


def switches(test: Callable[..., Any]) -> list[str]:
    """Where gradients are recorded: while the model computes, while the loss is computed."""
    model = nn.Linear(2, 2)
    found: set[str] = set()

    def note(where: str) -> None:
        if (next(model.parameters()) * 1).requires_grad:
            found.add(where)

    def loss_fn(outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        note("loss")
        return nn.functional.cross_entropy(outputs, y)

    model.register_forward_hook(lambda *_: note("model"))
    test(loader(torch.ones(4, 2), torch.zeros(4, dtype=torch.int64), 2), model, loss_fn)
    return sorted(found)
