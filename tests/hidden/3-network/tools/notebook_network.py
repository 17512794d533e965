"""Makes a network of the notebook's class, looks at it, and fills it with drawn numbers."""

from collections.abc import Callable

import torch
from torch import nn
from torch.nn.parameter import UninitializedParameter


def make(network_class: Callable[[], nn.Module]) -> nn.Module:
    """A new network; lazy layers have got their sizes from a first batch."""
    model = network_class()
    if isinstance(model, nn.Module) and any(
        isinstance(p, UninitializedParameter) for p in model.parameters()
    ):
        model(torch.zeros(2, 1, 28, 28))
    return model


def shapes(model: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter, by name."""
    return {name: tuple(p.shape) for name, p in model.named_parameters()}


def out_of_sight(model: nn.Module) -> tuple[bool, bool]:
    """Whether there are layers in a list of the model, or in its class, that it does not know."""
    known = {id(module) for module in model.modules()}

    def unknown(value: object) -> bool:
        return (
            isinstance(value, nn.Module)
            and id(value) not in known
            and any(True for _ in value.parameters())
        )

    lists = [value for value in vars(model).values() if isinstance(value, list)]
    in_lists = any(unknown(item) for each in lists for item in each)
    return in_lists, any(map(unknown, vars(type(model)).values()))


def fill(model: nn.Module, numbers: dict[str, torch.Tensor]) -> None:
    """Fills parameters with the numbers given for them, over and over again."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name in numbers:
                some = numbers[name]
                times = -(-p.numel() // len(some))
                p.copy_(some.repeat(times)[: p.numel()].reshape(p.shape))


def scale(model: nn.Module, names: list[str], factor: float) -> None:
    """Multiplies the parameters of these names."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name in names:
                p.mul_(factor)


def gradients(
    model: nn.Module, X: torch.Tensor, direction: torch.Tensor
) -> dict[str, torch.Tensor | None]:
    """Of each parameter, the gradient of the logits' sum along a direction; weights' in sums over
    their rows, for they are large.
    """
    model.zero_grad()
    (model(X) * direction).sum().backward()
    return {
        name: None if p.grad is None else p.grad.flatten(1).sum(1) if p.dim() > 1 else p.grad
        for name, p in model.named_parameters()
    }
