"""Models whose logits are their input, its columns in reverse order, so that the judge decides what
is predicted.
"""

import torch
from model_states import tensors_of
from moody_networks import moving
from torch import nn


class Scaled(nn.Module):
    """Its input with the columns in reverse order, once parameters are multiplied and a buffer
    added that change nothing. One of the parameters is not trained.
    """

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.ones(1))
        # As a step of training leaves it.
        self.factor.grad = torch.full((1,), 3.0)
        self.frozen = nn.Parameter(torch.ones(1), requires_grad=False)
        self.shift: torch.Tensor
        self.register_buffer("shift", torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The logits."""
        return x.flip(1) * self.factor * self.frozen + self.shift


def scores(
    in_training: int = 0, with_gradients: int = 0, inside_in_training: int | None = None
) -> nn.Module:
    """Gives its input with the columns in reverse order, but moves them by some classes in training
    mode, or where gradients are recorded: see `moving`.
    """
    return moving(Scaled(), in_training, with_gradients, inside_in_training)


def state(model: nn.Module) -> dict[str, torch.Tensor | float]:
    """What the model holds, and the size of the gradient that it has."""
    gradients = [p.grad.abs().sum().item() for p in model.parameters() if p.grad is not None]
    return {**tensors_of(model), "gradient": float(sum(gradients))}
