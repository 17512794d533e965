"""For a closer look at an answer that fails: how far it came."""

from collections.abc import Callable
from typing import Any

import torch
from loaders import loader
from model_states import weights
from networks import tanh_network
from torch import nn
from training_parts import sgd


def events(
    train_step: Callable[..., Any],
    X: torch.Tensor,
    y: torch.Tensor,
    state: dict[str, torch.Tensor],
    lr: float,
) -> list[str]:
    """What happens in a step, in order."""
    model = tanh_network(state)
    found: list[str] = []
    optimizer, last = sgd(model, lr), model.get_parameter("2.bias")

    def loss_fn(outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        found.append("loss" if outputs.requires_grad else "loss without a graph")
        return nn.functional.cross_entropy(outputs, y)

    def stepping(*_: object) -> None:
        blind = last.grad is None or not last.grad.any()
        found.append("step without gradients" if blind else "step")

    last.register_hook(lambda _: found.append("backward"))
    optimizer.register_step_pre_hook(stepping)
    try:
        train_step(model, X, y, loss_fn, optimizer)
    except Exception as problem:
        found.append(type(problem).__name__)
    return found


def how_far(
    train_on: Callable[..., Any],
    data: tuple[torch.Tensor, torch.Tensor, int],
    state: dict[str, torch.Tensor],
    lr: float,
    place: torch.device,
    device: torch.device,
) -> list[Any]:
    """How far an epoch on a device comes with a model that is on `place`: the batches that the
    model computed, whether its weights moved, the exception.
    """
    model = tanh_network(state).to(place)
    computed: list[bool] = []
    problem = ""
    model.register_forward_hook(lambda *_: computed.append(True))
    try:
        train_on(loader(*data), model, nn.CrossEntropyLoss(), sgd(model, lr), device)
    except Exception as raised:
        problem = type(raised).__name__
    moved = any(not torch.equal(p.cpu(), state[name]) for name, p in weights(model).items())
    return [len(computed), moved, problem]
