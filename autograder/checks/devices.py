"""Accelerators for checks: a simulated one, and the machine's own where the kernel reaches it.

No check may pass, or be left out, because a device is absent: the simulated one is always there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from autograder.expect import label
from autograder.namespace.failures import StudentError
from autograder.namespace.space import Handle, Space, define, keep, note_placed, require_function

# Runs on the student's side. What comes back says of each part what it is, so that a dict of the
# student's own can't be taken for a tensor on a device.
_TOOLS = """
import contextlib

import torch

from autograder import accelerator

OWN = "own"


def own_device():
    \"\"\"This machine's accelerator if it can be used from here, else None.\"\"\"
    if not torch.accelerator.is_available():
        return None
    device = torch.device(
        torch.accelerator.current_accelerator().type, torch.accelerator.current_device_index()
    )
    try:
        torch.ones(1, device=device).add_(1).item()
    except Exception:
        return None
    return device


def there(kind):
    if kind is None:
        return accelerator.absent()
    if kind == OWN:
        return contextlib.nullcontext()
    name, _, index = kind.partition(":")
    return accelerator.present(name, int(index or 0))


def put(kind, device, tensor):
    with there(kind):
        moved = tensor.detach().to(device)
        return moved.requires_grad_(tensor.requires_grad)


def call(kind, function, args, kwargs):
    with there(kind):
        return told(function(*args, **kwargs))


def told(value):
    if type(value) in (torch.Tensor, torch.nn.Parameter, accelerator.AcceleratorTensor):
        return "tensor", accelerator.device_of(value), value.detach().cpu()
    if isinstance(value, (list, tuple)) and type(value) is not torch.Size:
        return "list" if isinstance(value, list) else "tuple", [told(item) for item in value]
    if isinstance(value, dict):
        return "dict", [[key, told(item)] for key, item in value.items()]
    return "plain", value
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A tensor in what came back: its device on the other side, and its values, on the CPU."""

    device: torch.device
    values: torch.Tensor


class Accelerator:
    """An accelerator on one side. It is there during each `call`, and only then.

    `device` is how torch names it there, such as torch.device("cuda", 0).
    """

    def __init__(self, tools: Space, kind: str, device: torch.device) -> None:
        self.tools, self.kind, self.device = tools, kind, device

    def put(self, tensor: torch.Tensor) -> Handle:
        """A copy of the tensor on the accelerator, as a handle."""
        handle = keep(self.tools.put, self.kind, self.device, tensor)
        note_placed(handle, Placed(device=self.device, values=tensor))
        return handle

    def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """What the function gives while the accelerator is there: tensors as `Placed`.

        `torch.device("cpu")` is a device to call with, too: a machine with an accelerator still
        has its CPU.
        """
        require_function(function, label.of_first_argument(sys._getframe(1)))
        return read_told(self.tools.call(self.kind, function, list(args), kwargs))

    def fetch(self, value: Any) -> Any:
        """What is behind a handle, tensors as `Placed`."""
        return read_told(self.tools.told(value))


def accelerators(space: Space, kinds: Sequence[str] = ("cuda",)) -> list[Accelerator]:
    """Simulated accelerators of these kinds ("cuda", "mps", "xpu"), then the machine's own if any.

    With an index, as "cuda:1", it is the last of several, and the memory of the others is full: for
    answers that must take the device they are given, and not "cuda". Both idioms meet them,
    `torch.accelerator` and, for "cuda", `torch.cuda.is_available()`.
    """
    tools = define(space, _TOOLS)
    found = [Accelerator(tools, kind, _with_index(kind)) for kind in kinds]
    own = tools.own_device()
    return [*found, Accelerator(tools, "own", own)] if isinstance(own, torch.device) else found


def _with_index(kind: str) -> torch.device:
    """The device of a kind: the first where no index is said."""
    device = torch.device(kind)
    return torch.device(device.type, device.index or 0)


def call_without_accelerator(space: Space, function: Any, *args: Any, **kwargs: Any) -> Any:
    """What the function gives where torch reports no accelerator and refuses to use one."""
    require_function(function, label.of_argument(sys._getframe(1), 1))
    return read_told(define(space, _TOOLS).call(None, function, list(args), kwargs))


def read_told(told: Any) -> Any:
    """What `told` on the other side has told, tensors as `Placed`; raises StudentError."""
    match told:
        case ("tensor", torch.device() as device, torch.Tensor() as values):
            return Placed(device=device, values=values)
        case ("tuple", list(items)):
            return tuple(read_told(item) for item in items)
        case ("list", list(items)):
            return [read_told(item) for item in items]
        case ("dict", list(pairs)) if all(isinstance(p, list) and len(p) == 2 for p in pairs):
            return {key: read_told(item) for key, item in pairs}
        case ("plain", value):
            return value
    raise StudentError("TypeError", "what came back has no known form")
