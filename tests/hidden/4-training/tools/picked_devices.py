"""The device that `pick_device` picks, tried."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import torch


def pick(
    pick_device: Callable[[], Any],
) -> tuple[Any, torch.Tensor | None, torch.Tensor]:
    """What pick_device gives, a tensor that was moved there, if one can be, and one that was made
    afterwards without a word about its device.
    """
    try:
        device = pick_device()
        made = torch.ones(2)
    finally:
        torch.set_default_device(None)
    if not isinstance(device, (torch.device, str)):
        return device, None, made
    try:
        return device, torch.ones(2).to(device) + 1, made
    except Exception:
        return device, None, made


def pick_with_idle_build(
    pick_device: Callable[[], Any],
) -> tuple[Any, torch.Tensor | None, torch.Tensor]:
    """The same where PyTorch is built for NVIDIA GPUs and none is there: a machine without one, on
    which current_accelerator() still names that kind.
    """

    def current_accelerator(check_available: bool = False) -> torch.device | None:
        return None if check_available else torch.device("cuda")

    with mock.patch.object(torch.accelerator, "current_accelerator", current_accelerator):
        return pick(pick_device)
