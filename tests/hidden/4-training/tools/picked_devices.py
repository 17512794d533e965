"""The device that `pick_device` picks, tried."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import torch

Tried = tuple[Any, torch.Tensor | None, torch.Tensor, torch.Tensor]


def pick(pick_device: Callable[[], Any]) -> Tried:
    """What pick_device gives, a tensor that was moved there, if one can be, and two that were made
    without a word about their device, one before and one afterwards.
    """
    default, before = torch.get_default_device(), torch.ones(2)
    device = pick_device()
    made = torch.ones(2)
    if torch.get_default_device() != default:
        torch.set_default_device(default)
    if not isinstance(device, (torch.device, str)):
        return device, None, before, made
    try:
        return device, torch.ones(2).to(device) + 1, before, made
    except Exception:
        return device, None, before, made


def pick_with_idle_build(pick_device: Callable[[], Any]) -> Tried:
    """The same where PyTorch is built for NVIDIA GPUs and none is there: a machine without one, on
    which current_accelerator() still names that kind.
    """

    def current_accelerator(check_available: bool = False) -> torch.device | None:
        return None if check_available else torch.device("cuda")

    with mock.patch.object(torch.accelerator, "current_accelerator", current_accelerator):
        return pick(pick_device)
