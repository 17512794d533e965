"""Trainings that are interrupted: `save_checkpoint` writes them, `load_checkpoint` goes on."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import torch
from model_states import modes, state_of
from networks import normalized_network, tanh_network
from no_gpu import without_gpu
from places import beside, bytes_of, new_folder, new_path
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
        device: torch.device | None = None,
    ) -> None:
        self.model = normalized_network(state) if kind == "buffers" else tanh_network(state)
        self.model.to(device)
        parameters = self.model.parameters()
        self.optimizer: torch.optim.Optimizer
        if kind == "buffers":
            first, *others = parameters
            groups: list[dict[str, Any]] = [{"params": [first]}, {"params": others, "lr": lr / 2}]
            # The bias before a normalization has gradients of rounding alone, by whose size a step
            # must not be divided.
            self.optimizer = torch.optim.RMSprop(groups, lr=lr, momentum=0.5, eps=1e-3)
        elif kind == "adam":
            self.optimizer = torch.optim.Adam(parameters, lr=lr)
        else:
            self.optimizer = torch.optim.SGD(parameters, lr=lr, momentum=0.9)
        self.X, self.y = X.to(device), y.to(device)

    def steps(self, count: int) -> dict[str, torch.Tensor]:
        """The state_dict after so many steps."""
        self.model.train()
        for _ in range(count):
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.model(self.X), self.y).backward()
            self.optimizer.step()
        return state_of(self.model)

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
) -> tuple[bytes | None, dict[str, torch.Tensor], bool, list[str]]:
    """What is in the file that save_checkpoint writes after so many steps, as it would be on this
    device; the weights two steps later; whether the modes stayed as they were; and the names of
    other files.

    Then training is saved once more elsewhere: the first file must be as it was. A pathlib.Path has
    an older file in its place.
    """
    training, path = Training(*beginning), new_path(f"after {epoch}.pth", as_path)
    training.steps(steps)
    if as_path:
        Path(path).write_bytes(b"an older file" * 1000)
    before = modes(training.model)
    with mock.patch.object(torch.serialization, "location_tag", return_value=device):
        save_checkpoint(path, training.model, training.optimizer, epoch)
    modes_stay, others = modes(training.model) == before, beside(path)
    weights_later = training.steps(2)
    later = new_path("later.pth", not as_path)
    save_checkpoint(later, training.model, training.optimizer, epoch + 1)
    data = None if bytes_of(later) is None else bytes_of(path)
    return data, weights_later, modes_stay, others


def saved_here(
    save_checkpoint: Callable[..., Any],
    load_checkpoint: Callable[..., Any],
    beginning: list[Any],
    newcomer: list[Any],
    epoch: int,
) -> Any:
    """What load_checkpoint gives where both have the file's name alone, and Python stands in its
    folder. Training has not begun: the optimizer has nothing to keep yet.
    """
    start, other = Training(*beginning), Training(*newcomer)
    with contextlib.chdir(new_folder()):
        save_checkpoint("here.pth", start.model, start.optimizer, epoch)
        return load_checkpoint("here.pth", other.model, other.optimizer)


def moved(
    save_checkpoint: Callable[..., Any],
    load_checkpoint: Callable[..., Any],
    beginning: list[Any],
    newcomer: list[Any],
    steps: list[int],
    device: torch.device,
) -> tuple[list[str], dict[str, torch.Tensor]]:
    """The devices of both models after training was saved and loaded on this device; and the
    weights after so many steps before that and so many with the new one after it.
    """
    first = Training(*[*beginning, device])
    second = Training(*[*newcomer, device])
    path = new_path("there.pth")
    first.steps(steps[0])
    save_checkpoint(path, first.model, first.optimizer, 1)
    load_checkpoint(path, second.model, second.optimizer)
    tensors = [*first.model.parameters(), *second.model.parameters()]
    devices = sorted({str(tensor.device) for tensor in tensors})
    return devices, {name: tensor.cpu() for name, tensor in second.steps(steps[1]).items()}


def loaded(
    load_checkpoint: Callable[..., Any],
    data: bytes,
    newcomer: list[Any],
    steps: int,
    as_path: bool = False,
) -> tuple[Any, list[Any], dict[str, torch.Tensor], dict[str, torch.Tensor], bool, bool]:
    """What load_checkpoint gives on a machine without a GPU, for the same file at another path.

    And the learning rates that the optimizer of a new training has then, none where it has no
    state yet, and the weights then and after so many more steps; whether the modes stayed as they
    were, and whether the file did, with no other beside it.
    """
    training, path = Training(*newcomer), new_path("moved.pth", as_path)
    Path(path).write_bytes(data)
    before = modes(training.model)
    with without_gpu():
        epoch = load_checkpoint(path, training.model, training.optimizer)
    groups = training.optimizer.param_groups if training.optimizer.state else []
    rates = [group["lr"] for group in groups]
    modes_stay = modes(training.model) == before
    file_stays = bytes_of(path) == data and not beside(path)
    return epoch, rates, training.steps(0), training.steps(steps), modes_stay, file_stays
