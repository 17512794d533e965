"""Losses and optimizers to train with, and gradients set by hand."""

from collections.abc import Callable

import torch
from model_states import modes, tensors_of
from torch import nn


def cross_entropy() -> nn.CrossEntropyLoss:
    """The loss of the course."""
    return nn.CrossEntropyLoss()


def another_loss(weight: torch.Tensor) -> nn.CrossEntropyLoss:
    """A loss in which classes weigh differently and labels are blurred."""
    return nn.CrossEntropyLoss(weight=weight, label_smoothing=0.2)


def louder_loss(weight: torch.Tensor) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """A hundred times `another_loss`: its gradients are long."""
    inner = another_loss(weight)

    def loss_fn(outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        loss: torch.Tensor = inner(outputs, y)
        return 100 * loss

    return loss_fn


def squared_error() -> nn.MSELoss:
    """A loss for numbers, of any shape."""
    return nn.MSELoss()


def loss_by_rows(outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Cross entropy for outputs (N, classes) and labels (N,), and for nothing else."""
    return -outputs.log_softmax(dim=1).gather(1, y[:, None]).mean()


def blurred_loss(smoothing: float) -> nn.CrossEntropyLoss:
    """A loss in which labels are blurred and all images weigh the same."""
    return nn.CrossEntropyLoss(label_smoothing=smoothing)


def sgd(model: nn.Module, lr: float, momentum: float = 0.0) -> torch.optim.SGD:
    """SGD over all parameters of the model."""
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)


def step_counter(optimizer: torch.optim.Optimizer) -> Callable[[], int]:
    """Tells how many steps the optimizer has taken from now on."""
    taken: list[None] = []
    optimizer.register_step_post_hook(lambda *_: taken.append(None))
    return lambda: len(taken)


class ManyKinds(nn.Module):
    """A network with parameters of many kinds: of its own, of a convolution, a batch normalization
    and a table, and of a layer in a list.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(2))
        self.seen = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
        self.named = nn.Embedding(3, 2)
        self.last = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
        """Logits (N, 2) of images (N, 1, height, width) and numbers 0…2 (N,)."""
        seen = self.seen(x).mean(dim=(2, 3)) * self.scale + self.named(which)
        logits: torch.Tensor = self.last[0](seen)
        return logits


def not_moved(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    """The parameters that stay where they are in a step with gradients of 1."""
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    for p in model.parameters():
        p.grad = torch.ones_like(p)
    optimizer.step()
    return [name for name, p in model.named_parameters() if torch.equal(p, before[name])]


def set_gradients(model: nn.Module, gradients: dict[str, torch.Tensor]) -> None:
    """Gives each parameter the gradient of its name."""
    for name, p in model.named_parameters():
        p.grad = gradients[name].clone()


def freeze(model: nn.Module, name: str) -> None:
    """The parameter of this name is trained no longer."""
    model.get_parameter(name).requires_grad_(False)


def condition(model: nn.Module) -> dict[str, torch.Tensor | list[bool]]:
    """All parameters and buffers, by name, and which modules are in training mode."""
    return {**tensors_of(model), "training": modes(model)}
