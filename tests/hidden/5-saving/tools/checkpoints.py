"""Trainings that are interrupted: `save_checkpoint` writes them, `load_checkpoint` goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import torch
from model_states import weights
from networks import tanh_network
from no_gpu import without_gpu
from places import bytes_of, new_path
from torch import nn


class Training:
    """A small network, its optimizer, and the batch that it learns from."""

    def __init__(
        self,
        kind: str,
        state: dict[str, torch.Tensor],
        lr: float,
        X: torch.Tensor,
        y: torch.Tensor,
    ) -> None:
        self.model = tanh_network(state)
        parameters = self.model.parameters()
        self.optimizer: torch.optim.Optimizer
        if kind == "adam":
            self.optimizer = torch.optim.Adam(parameters, lr=lr)
        else:
            self.optimizer = torch.optim.SGD(parameters, lr=lr, momentum=0.9)
        self.X, self.y = X, y

    def steps(self, count: int) -> dict[str, torch.Tensor]:
        """The weights after so many steps."""
        self.model.train()
        for _ in range(count):
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.model(self.X), self.y).backward()
            self.optimizer.step()
        return weights(self.model)

    def momenta(self) -> list[torch.Tensor]:
        """What SGD with momentum keeps."""
        state = self.optimizer.state.values()
        return [kept["momentum_buffer"].detach().clone() for kept in state]


def saved(
    save_checkpoint: Callable[..., Any],
    beginning: list[Any],
    steps: int,
    epoch: int,
    device: str = "cpu",
    as_path: bool = False,
) -> tuple[bytes | None, dict[str, torch.Tensor]]:
    """What is in the file that save_checkpoint writes after so many steps, as it would be on this
    device; and the weights two steps later.

    Then training is saved once more elsewhere: the first file must be as it was. A pathlib.Path has
    an older file in its place.
    """
    training, path = Training(*beginning), new_path(f"after {epoch}.pth", as_path)
    training.steps(steps)
    if as_path:
        Path(path).write_bytes(b"an older file" * 1000)
    with mock.patch.object(torch.serialization, "location_tag", return_value=device):
        save_checkpoint(path, training.model, training.optimizer, epoch)
    weights_later = training.steps(2)
    later = new_path("later.pth", not as_path)
    save_checkpoint(later, training.model, training.optimizer, epoch + 1)
    return None if bytes_of(later) is None else bytes_of(path), weights_later


def loaded(
    load_checkpoint: Callable[..., Any],
    data: bytes,
    newcomer: list[Any],
    steps: int,
    as_path: bool = False,
) -> tuple[Any, dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """What load_checkpoint gives on a machine without a GPU, for the same file at another path.

    And the weights that a new training has then, and after so many more steps.
    """
    training, path = Training(*newcomer), new_path("moved.pth", as_path)
    Path(path).write_bytes(data)
    with without_gpu():
        epoch = load_checkpoint(path, training.model, training.optimizer)
    return epoch, training.steps(0), training.steps(steps)
