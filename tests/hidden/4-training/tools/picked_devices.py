"""The device that `pick_device` picks, tried."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import torch


def pick(pick_device: Callable[[], Any]) -> tuple[Any, torch.Tensor | None]:
    """What pick_device gives, and a tensor that was moved there, if one can be."""
    device = pick_device()
    if not isinstance(device, (torch.device, str)):
        return device, None
    try:
        return device, torch.ones(2).to(device) + 1
    except Exception:
        return device, None


def pick_with_idle_build(pick_device: Callable[[], Any]) -> tuple[Any, torch.Tensor | None]:
    """The same where PyTorch is built for NVIDIA GPUs and none is there: a machine without one, on
    which current_accelerator() still names that kind.
    """

    def current_accelerator(check_available: bool = False) -> torch.device | None:
        return None if check_available else torch.device("cuda")

    with mock.patch.object(torch.accelerator, "current_accelerator", current_accelerator):
        return pick(pick_device)
