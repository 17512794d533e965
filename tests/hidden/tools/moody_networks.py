"""Networks that show how they were run: their logits depend on the mode, on whether gradients are
recorded, or on whether they are called.

What a network moves its logits by is in no attribute of it: an answer that looks for a switch finds
none.
"""

import torch
from networks import linear_network, tanh_network
from torch import nn


class Turning(nn.Module):
    """A `tanh_network` whose hidden layer has the other sign outside training mode.

    Its innermost layers decide: `train()` reaches them, an attribute of the outside does not.
    """

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.layers = tanh_network(state)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The logits."""
        hidden = self.layers[:2](x)
        logits: torch.Tensor = self.layers[2](hidden if self.layers[0].training else -hidden)
        return logits


def forgetting(
    weight: torch.Tensor, bias: torch.Tensor, mean: torch.Tensor, variance: torch.Tensor
) -> nn.Sequential:
    """Batch normalization and dropout: in training mode they shift, scale and forget."""
    # An eps of 0 is refused in training mode; an eighth leaves all numbers exact.
    norm = nn.BatchNorm1d(len(bias), eps=0.125)
    for kept, given in ((norm.running_mean, mean), (norm.running_var, variance - 0.125)):
        assert kept is not None
        kept.copy_(given)
    return nn.Sequential(linear_network(weight, bias), nn.Sequential(norm, nn.Dropout(0.5)))


def hooked(weight: torch.Tensor, bias: torch.Tensor, moved: int) -> nn.Sequential:
    """A network whose logits are moved by some classes by a hook, which runs when it is called.

    Where it is given anything but images, the hook changes their sign.
    """
    model = linear_network(weight, bias)

    def hook(module: nn.Module, inputs: tuple[torch.Tensor], logits: torch.Tensor) -> torch.Tensor:
        are_images = inputs[0].shape[1:] == (1, 28, 28)
        return logits.roll(moved, dims=1) if are_images else -logits

    model.register_forward_hook(hook)
    return model


def moving(
    inner: nn.Module,
    in_training: int = 0,
    with_gradients: int = 0,
    inside_in_training: int | None = None,
    shown: list[list[int]] | None = None,
) -> nn.Module:
    """A network around `inner` that moves its logits by some classes in training mode, and by some
    where gradients are recorded.

    With `inside_in_training` nothing moves unless the innermost layer is in training mode: by
    `in_training` if the outside is too, else by `inside_in_training`. `eval()` reaches it, an
    attribute of the outside does not. The shapes that the network and its copies are shown go to
    `shown`.
    """

    class Moving(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if shown is not None:
                shown.append(list(x.shape))
            moved = in_training if self.training else inside_in_training or 0
            *_, innermost = self.inner.modules()
            if inside_in_training is not None and not innermost.training:
                moved = 0
            moved += with_gradients if torch.is_grad_enabled() else 0
            logits: torch.Tensor = self.inner(x)
            return logits.roll(moved, dims=1)

    return Moving()
