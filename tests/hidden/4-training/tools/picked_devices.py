"""The device that `pick_device` picks, tried."""

from collections.abc import Callable
from typing import Any

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
