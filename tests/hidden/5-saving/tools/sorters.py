"""Models that tell images apart by their pixels, and show how they were run."""

from collections.abc import Callable
from typing import Any

import torch
from model_states import doubled
from moody_networks import moving
from networks import linear_network
from torch import nn


def sorter(
    weight: torch.Tensor,
    bias: torch.Tensor,
    inside_in_training: int = 0,
    in_training: int = 0,
    with_gradients: int = 0,
) -> tuple[nn.Module, Callable[[], list[list[int]]]]:
    """One linear layer over the pixels, whose logits move by some classes where a layer inside is
    in training mode, by others where all is, or where gradients are recorded.

    And a function that gives the shapes that it was shown, copies of it included.
    """
    shown: list[list[int]] = []
    inner = linear_network(weight, bias)
    model = moving(inner, in_training, with_gradients, inside_in_training, shown)
    return model, lambda: shown


def looking_on(
    weight: torch.Tensor, bias: torch.Tensor
) -> tuple[nn.Module, Callable[[], list[torch.Tensor]]]:
    """The same layer, and a function that gives copies of the images that it was shown."""
    shown: list[torch.Tensor] = []
    model = linear_network(weight, bias)

    def note(module: nn.Module, inputs: tuple[torch.Tensor]) -> None:
        shown.append(inputs[0].detach().clone())

    # On the inner layer: it runs, too, for who calls forward alone.
    model[0].register_forward_pre_hook(note)
    return model, lambda: shown


def without_gradients(
    classify: Callable[..., Any], model: nn.Module, image: torch.Tensor, classes: list[str]
) -> tuple[Any, bool]:
    """What classify returns where gradients are off, and whether they are on after it."""
    with torch.no_grad():
        name = classify(model, image, classes)
        recorded = doubled(torch.ones(2, requires_grad=True)).requires_grad
    return name, recorded
