"""What a model holds, and how things stand beside it."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn


def weights(model: nn.Module) -> dict[str, torch.Tensor]:
    """Copies of all parameters, by name."""
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def state_of(model: nn.Module) -> dict[str, torch.Tensor]:
    """Copies of all parameters and buffers, by name."""
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


def tensors_of(model: nn.Module) -> dict[str, torch.Tensor]:
    """All parameters and buffers, by name, which also shows which of them are trained.

    The tensors themselves: whoever replaces detach or clone changes nothing of what is sent.
    """
    return dict(model.state_dict(keep_vars=True))


def modes(model: nn.Module) -> list[bool]:
    """Of each module in it, the outermost first, whether it is in training mode."""
    return [module.training for module in model.modules()]


def doubled(x: torch.Tensor) -> torch.Tensor:
    """Twice x: what becomes of it shows whether gradients are on, also where is_grad_enabled was
    replaced.
    """
    return x * 2


def on_after_off(function: Callable[..., Any], *arguments: Any) -> bool:
    """Whether gradients are on after a call that was made while they were off."""
    with torch.no_grad():
        function(*arguments)
        return doubled(torch.ones(2, requires_grad=True)).requires_grad
