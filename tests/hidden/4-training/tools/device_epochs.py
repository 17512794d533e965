"""An epoch of `train_on` on a device."""

from collections.abc import Callable
from typing import Any

import torch
from loaders import loader
from model_states import weights
from networks import tanh_network
from torch import nn
from training_parts import sgd


def on_device(
    train_on: Callable[..., Any],
    data: tuple[torch.Tensor, torch.Tensor, int],
    state: dict[str, torch.Tensor],
    lr: float,
    device: torch.device,
) -> tuple[Any, list[int], dict[str, torch.Tensor], bool]:
    """What train_on gave, the sizes of its batches, the weights afterwards, and whether samples of
    the data set have left the CPU.
    """
    model = tanh_network(state).to(device)
    sizes: list[int] = []
    model.register_forward_pre_hook(lambda module, inputs: sizes.append(len(inputs[0])))
    batches = loader(*data)
    result = train_on(batches, model, nn.CrossEntropyLoss(), sgd(model, lr), device)
    samples: Any = batches.dataset
    moved = any(part.device.type != "cpu" for part in samples.tensors)
    return result, sizes, weights(model), moved
