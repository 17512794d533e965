"""Runs in: the kernel, beside the student's code. Holds no secret.

The two modes of torch's that make an accelerator present: one reads the device's name wherever
torch's functions are given it, the other makes what is created there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._device import _device_constructors
from torch.utils._mode_utils import no_dispatch
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.accelerator import draws
from autograder.accelerator.answers import set_data
from autograder.accelerator.tensors import BEHIND, AcceleratorTensor, compute


def refuse_what_is_absent(device: torch.device) -> None:
    """Raises what a torch that was built without such a device raises."""
    if device.type not in ("cpu", "meta"):
        raise AssertionError(f"Torch not compiled with {device.type.upper()} enabled")


def refuse_another_index(device: torch.device, place: torch.device) -> None:
    """Raises what torch raises for a device that is not there, or whose memory others have filled:
    the accelerators before `place`, of which the first is meant where no index is given.
    """
    index = device.index or 0
    kind = device.type.upper()
    if index < place.index:
        raise torch.OutOfMemoryError(
            f"{kind} out of memory. GPU {index} has a total capacity of 16.00 GiB of which 0 bytes "
            "is free."
        )
    if index > place.index:
        raise RuntimeError(f"{kind} error: invalid device ordinal")


class Creating(TorchDispatchMode):
    """Makes tensors of the accelerator of what torch wants to create behind it."""

    def __init__(self, place: torch.device) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.place = place

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Called by torch. Its "yes" would import all of torch.compile, for seconds."""
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Called by torch for every basic operation."""
        return compute(func, args, kwargs or {}, self.place)


class Naming(TorchFunctionMode):
    """Puts the device that torch's C++ knows in the place of the accelerator's name."""

    def __init__(self, place: torch.device) -> None:
        super().__init__()
        self.place = place
        self.default: torch.device | None = None
        self.constructors = _device_constructors()

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Called by torch for every function of its own."""
        kwargs = dict(kwargs or {})
        if self.default is not None and func in self.constructors and not kwargs.get("device"):
            kwargs["device"] = self.default
        if func is torch._C._nn._parse_to:
            return func(*args, **kwargs)
        if func in _SET_DATA and hasattr(args[1], "_numbers"):
            # torch asks the class of the tensor that is set, not of what it is set to.
            return set_data(*args)
        device = kwargs.get("device")
        if func in _FROM_DATA:
            return self._from_data(func, args, kwargs)
        if func is torch.Tensor.cuda:
            asked = device if len(args) == 1 else args[1]
            return args[0].to(self._behind("cuda" if asked is None else asked))
        if device is not None:
            kwargs["device"] = self._behind(device)
        if func is torch.Tensor.to and len(args) > 1:
            device = args[1]
            args = (args[0], self._behind(device), *args[2:])
        if isinstance(device, (str, torch.device)) and torch.device(device) == BEHIND:
            # The meta device itself, and not what lies behind the accelerator.
            with no_dispatch():
                return func(*args, **kwargs)
        generator = kwargs.get("generator")
        if isinstance(generator, torch.Generator):
            kind = self.place.type if kwargs.get("device") == BEHIND else _kind_of(args)
            draws.refuse_another_generator(generator, kind)
        return func(*args, **kwargs)

    def _behind(self, device: Any) -> Any:
        """What C++ is told: BEHIND for the accelerator, and all else as it is."""
        if isinstance(device, bool) or not isinstance(device, (str, int, torch.device)):
            return device
        if isinstance(device, int):
            device = torch.device(self.place.type, device)
        elif isinstance(device, str):
            device = torch.device(device)
        if device.type != self.place.type:
            refuse_what_is_absent(device)
            return device
        refuse_another_index(device, self.place)
        return BEHIND

    def _from_data(self, func: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        """torch.tensor and its like: torch makes nothing of numbers on the meta device."""
        device = self._behind(kwargs.get("device"))
        data = args[0] if args else kwargs.get("data", kwargs.get("obj"))
        if device is None or (device != BEHIND and not isinstance(data, torch.Tensor)):
            return func(*args, **{**kwargs, **({} if device is None else {"device": device})})
        kwargs.pop("device")
        requires_grad = kwargs.pop("requires_grad", False)
        made = func(*args, **kwargs).to(device)
        return made.requires_grad_(requires_grad) if requires_grad else made


_SET_DATA = {torch.Tensor.data.__set__}  # type: ignore[attr-defined]
_FROM_DATA = {torch.tensor, torch.as_tensor, torch.asarray}


def _kind_of(args: Sequence[Any]) -> str:
    """The kind of device that a function works on, told by its first tensor."""
    first = next((arg for arg in args if isinstance(arg, torch.Tensor)), None)
    if isinstance(first, AcceleratorTensor):
        return first._place.type
    return "cpu" if first is None else str(first.device.type)


class Nowhere(TorchFunctionMode):
    """Refuses every device but the CPU and the meta device, with torch's own words."""

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Called by torch for every function of its own."""
        kwargs = kwargs or {}
        asked = kwargs.get("device")
        if func is torch.Tensor.to and len(args) > 1:
            asked = args[1]
        if func is torch.Tensor.cuda:
            asked = "cuda"
        if isinstance(asked, (str, torch.device)) and func is not torch._C._nn._parse_to:
            refuse_what_is_absent(torch.device(asked))
        return func(*args, **kwargs)
