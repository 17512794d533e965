"""Small networks that hold given weights; their sizes are those of the weights."""

import torch
from torch import nn


def linear(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    """One layer, weight (outputs, inputs) and bias (outputs,)."""
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer


def linear_network(weight: torch.Tensor, bias: torch.Tensor) -> nn.Sequential:
    """One linear layer over all pixels of an image."""
    return nn.Sequential(nn.Flatten(), linear(weight, bias))


def passing_on() -> nn.Module:
    """A network without weights: its logits are the pixels of an image, in the same memory."""
    return nn.Flatten()


def tanh_network(state: dict[str, torch.Tensor]) -> nn.Sequential:
    """Two linear layers, "0" and "2", with tanh between."""
    hidden, inputs = state["0.weight"].shape
    classes = len(state["2.bias"])
    model = nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, classes))
    return filled(model, state)


def normalized_network(state: dict[str, torch.Tensor]) -> nn.Sequential:
    """A linear layer, "0", and batch normalization, "1"; with ReLU and another linear layer behind
    them if there are weights for that one, "3".
    """
    hidden, inputs = state["0.weight"].shape
    layers: list[nn.Module] = [nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden)]
    if "3.bias" in state:
        layers += [nn.ReLU(), nn.Linear(hidden, len(state["3.bias"]))]
    return filled(nn.Sequential(*layers), state)


def filled(model: nn.Sequential, state: dict[str, torch.Tensor]) -> nn.Sequential:
    """The model with this state, in the precision of its first weight."""
    model.to(state["0.weight"].dtype)
    model.load_state_dict(state)
    return model
