"""The device that `pick_device` picks, tried."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import torch

Tried = tuple[Any, torch.Tensor | None, torch.Tensor, torch.Tensor, list[str]]


def pick(pick_device: Callable[[], Any]) -> Tried:
    """What pick_device gives, a tensor that was moved there, if one can be, two that were made
    without a word about their device, one before and one afterwards, and which settings it changed.
    """
    default, before = torch.get_default_device(), torch.ones(2)
    # As torch has it: an earlier call may have changed it for good.
    torch.backends.cudnn.benchmark = False
    torch.set_float32_matmul_precision("highest")
    was = settings()
    device = named(pick_device())
    changed = [name for name, value in settings().items() if value != was[name]]
    made = torch.ones(2)
    if torch.get_default_device() != default:
        torch.set_default_device(default)
    if not isinstance(device, (torch.device, str)):
        return device, None, before, made, changed
    try:
        return device, torch.ones(2).to(device) + 1, before, made, changed
    except Exception:
        return device, None, before, made, changed


def settings() -> dict[str, Any]:
    """What else of torch a function may have set, by the words for it."""
    return {
        "whether cuDNN looks for fast algorithms": torch.backends.cudnn.benchmark,
        "how exactly matrices are multiplied": torch.get_float32_matmul_precision(),
        "the default dtype": torch.get_default_dtype(),
        "whether gradients are on": torch.is_grad_enabled(),
        "the random numbers that come next": torch.get_rng_state().tolist(),
    }


def named(device: Any) -> Any:
    """The device of this name, so that it makes no difference which of the two is given."""
    try:
        return torch.device(device) if isinstance(device, str) else device
    except RuntimeError:
        return device


def how_asked(pick_device: Callable[[], Any]) -> list[str]:
    """Which questions of torch's are called, and which are taken for an answer without a call."""
    found: set[str] = set()

    class Question:
        def __init__(self, name: str, answer: Any) -> None:
            self.name, self.answer = name, answer

        def __call__(self, *_: object) -> Any:
            found.add(f"{self.name} is called")
            return self.answer

        def __bool__(self) -> bool:
            found.add(f"{self.name} is taken for an answer")
            return True

    with (
        mock.patch.object(torch.cuda, "is_available", Question("is_available", False)),
        mock.patch.object(torch.accelerator, "is_available", Question("is_available", False)),
        mock.patch.object(torch.backends.cuda, "is_built", Question("is_built", True)),
        mock.patch.object(torch.cuda, "device_count", Question("device_count", 0)),
        mock.patch.object(torch.accelerator, "device_count", Question("device_count", 0)),
    ):
        pick_device()
    return sorted(found)


def pick_with_idle_build(pick_device: Callable[[], Any]) -> Tried:
    """The same where PyTorch is built for NVIDIA GPUs and none is there: a machine without one, on
    which current_accelerator() still names that kind.
    """

    def current_accelerator(check_available: bool = False) -> torch.device | None:
        return None if check_available else torch.device("cuda")

    with mock.patch.object(torch.accelerator, "current_accelerator", current_accelerator):
        return pick(pick_device)
