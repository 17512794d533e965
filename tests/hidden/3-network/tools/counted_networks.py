"""Networks of which is known how many numbers are trained; a, b and c are sizes."""

import torch
from torch import nn


class Own(nn.Module):
    """Two parameters that stand alone, one of them a single number, beside some layers."""

    def __init__(self, layers: nn.Module, *shape: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(*shape))
        self.factor = nn.Parameter(torch.tensor(2.0))
        self.layers = layers


def layered(a: int, b: int, c: int) -> nn.Sequential:
    """(a + 1) b + (b + 1) c numbers in two layers, of which the second is nested deeper, ..."""
    deep = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Linear(b, c)))
    return nn.Sequential(nn.Linear(a, b), deep)


def with_gradients(a: int, b: int, c: int) -> nn.Sequential:
    """`layered`, after a backward pass."""
    model = layered(a, b, c)
    model(torch.ones(1, a)).sum().backward()
    return model


def of_many_kinds(a: int, b: int, c: int) -> nn.Module:
    """..., and of other kinds: a b without a bias, (9 a + 1) b, c a, a b c,
    and 1.
    """
    layers = nn.ModuleDict(
        {
            "plain": nn.Linear(a, b, bias=False),
            "filters": nn.Conv2d(a, b, 3),
            "table": nn.Embedding(c, a),
        }
    )
    return Own(layers, a, b, c)


def frozen(a: int, b: int, c: int) -> nn.Sequential:
    """Of `layered`, the first layer does not learn."""
    model = layered(a, b, c)
    model[0].requires_grad_(False)
    return model


def all_frozen(a: int, b: int, c: int) -> nn.Sequential:
    """Of `layered`, nothing learns: 0."""
    return layered(a, b, c).requires_grad_(False)


def bias_frozen(a: int, b: int) -> nn.Linear:
    """One layer of which only the weight learns: a b."""
    model = nn.Linear(a, b)
    model.bias.requires_grad_(False)
    return model


def with_buffers(a: int, b: int, c: int) -> nn.Sequential:
    """Batch normalization, twice: 4 b numbers are trained, 4 b + 2 only kept. And c more that are
    kept. Both begin with the same numbers, so who counts what differs counts too few.
    """
    model = nn.Sequential(nn.Linear(a, b), nn.BatchNorm1d(b), nn.BatchNorm1d(b))
    model.register_buffer("mean", torch.zeros(c))
    return model


def shared(a: int, b: int) -> nn.Sequential:
    """Two layers with one weight: a b + a + b."""
    first, second = nn.Linear(a, b), nn.Linear(b, a)
    third = nn.Linear(a, b)
    third.weight, third.bias = first.weight, first.bias
    return nn.Sequential(first, second, third, second)


def prepare(model: nn.Sequential) -> None:
    """Puts the first layer in evaluation mode, and a gradient at its weight alone."""
    model[0].eval()
    weight = next(model.parameters())
    weight.grad = torch.ones_like(weight)


def gradients_of(model: nn.Module) -> dict[str, torch.Tensor | None]:
    """The gradient of each parameter, by name."""
    return {name: p.grad for name, p in model.named_parameters()}
