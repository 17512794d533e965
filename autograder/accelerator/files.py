"""Runs in: the kernel, beside the student's code. Holds no secret.

Saving on the accelerator and loading onto it. A file is written as one from a GPU is: its storages
are tagged "cuda:0", so that a machine without one refuses it with torch's words, unless
`map_location` says where else to put them.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import torch

from autograder.accelerator.modes import refuse_another_index

_MARK = "_autograder_place"
# Before torch's own packages, which begin at 10.
_PRIORITY = 5


class Package:
    """What `torch.serialization.register_package` asks: one kind of device, while present."""

    def __init__(self, place: torch.device) -> None:
        self.place = place

    def tag(self, storage: Any) -> str | None:
        """Called by torch.save for each storage."""
        place = getattr(storage, _MARK, None)
        return None if place is None else str(place)

    def restore(self, storage: Any, location: str) -> Any:
        """Called by torch.load for each storage, with its tag or what `map_location` says."""
        kind, _, index = location.partition(":")
        if kind != self.place.type:
            return None
        number = int(index) if index.isdigit() else 0
        if number > self.place.index:
            raise RuntimeError(
                f"Attempting to deserialize object on {kind.upper()} device {index} but "
                f"torch.{kind}.device_count() is {self.place.index + 1}. Please use torch.load "
                "with map_location to map your storages to an existing device."
            )
        refuse_another_index(torch.device(kind, number), self.place)
        setattr(storage, _MARK, self.place)
        return storage

    def register(self) -> None:
        torch.serialization.register_package(_PRIORITY, self.tag, self.restore)

    def remove(self) -> None:
        packages = torch.serialization._package_registry
        packages[:] = [package for package in packages if package[1] != self.tag]


def device_of_storage(storage: Any) -> torch.device:
    """Stands for `torch.UntypedStorage.device` while present: torch.load makes tensors by it."""
    place = getattr(storage, _MARK, None)
    return torch._C.StorageBase.device.__get__(storage) if place is None else place  # type: ignore[attr-defined]


def parts(tensor: Any) -> tuple[Any, ...]:
    """What torch.save writes of a tensor on the accelerator: the same as of one on a GPU."""
    values = tensor._numbers
    storage = values.untyped_storage()
    setattr(storage, _MARK, tensor._place)
    typed: Any = torch.storage.TypedStorage
    rebuilt: tuple[Any, ...] = (
        typed(wrap_storage=storage, dtype=values.dtype, _internal=True),
        values.storage_offset(),
        tuple(values.size()),
        values.stride(),
        tensor.requires_grad,
        OrderedDict(),
    )
    whole = (torch._utils._rebuild_tensor_v2, rebuilt)
    if not getattr(tensor, "_is_param", False):
        return whole
    data = tensor.detach()
    return (torch._utils._rebuild_parameter, (data, tensor.requires_grad, OrderedDict()))
