"""Runs in: the kernel, beside the student's code. Holds no secret.

A tensor on the accelerator: a wrapper whose numbers lie in a CPU tensor, and how operations on it
are computed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch.utils._mode_utils import no_dispatch

from autograder.accelerator import answers, draws
from autograder.accelerator.mixing import refuse_mixed_devices

# What torch's C++ takes an accelerator's tensors for. See the room's docstring.
BEHIND = torch.device("meta")
CPU = torch.device("cpu")


class AcceleratorTensor(torch.Tensor):
    """A tensor on the accelerator `_place`, with its numbers in the CPU tensor `_numbers`.

    Views share memory with their base, as the CPU tensors do. Like any tensor it has a device, a
    gradient, a history; unlike one it is no `torch.Tensor` by `type(t)`.
    """

    _numbers: torch.Tensor
    _place: torch.device

    @staticmethod
    def __new__(
        cls, values: torch.Tensor, place: torch.device, requires_grad: bool = False
    ) -> AcceleratorTensor:
        made: AcceleratorTensor = torch.Tensor._make_wrapper_subclass(
            cls,
            values.shape,
            strides=values.stride(),
            storage_offset=values.storage_offset(),
            dtype=values.dtype,
            device=BEHIND,
            requires_grad=requires_grad,
        )
        made._numbers = values
        made._place = place
        return made

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Called by torch for every function of its own that is given such a tensor."""
        kwargs = kwargs or {}
        answer = answers.TO_QUESTIONS.get(func)
        if answer is not None:
            return answer(*args, **kwargs)
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **kwargs)

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        """Called by torch for every basic operation on such a tensor."""
        return compute(func, args, kwargs or {})

    def __repr__(self, *, tensor_contents: Any = None) -> str:  # type: ignore[override]
        return answers.shown(self)

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if self.dim() == 0 else object.__format__(self, spec)

    def __deepcopy__(self, memo: dict[int, Any]) -> AcceleratorTensor:
        if id(self) in memo:
            return memo[id(self)]
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment.  If you were attempting to deepcopy a module, this may "
                "be because of a torch.nn.utils.weight_norm usage, see "
                "https://github.com/pytorch/pytorch/pull/103001"
            )
        twin = AcceleratorTensor(self._numbers.clone(), self._place, self.requires_grad)
        memo[id(self)] = twin
        for name, value in self.__dict__.items():
            if name not in ("_numbers", "_place"):
                twin.__dict__[name] = copy.deepcopy(value, memo)
        if self.grad is not None:
            twin.grad = copy.deepcopy(self.grad, memo)
        return twin

    def __reduce_ex__(self, protocol: Any) -> Any:
        from autograder.accelerator import files

        return files.parts(self)


def compute(
    func: Any,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    place: torch.device | None = None,
) -> Any:
    """What a basic operation gives, computed on the CPU tensors behind its arguments.

    `place` is the accelerator that is present, if one is: what is created "behind" belongs there.
    """
    wrapped = list(_wrapped([args, list(kwargs.values())]))
    place = wrapped[0]._place if wrapped else place
    wanted = kwargs.get("device")
    if place is None or not (wrapped or wanted == BEHIND):
        return func(*args, **kwargs)
    if wrapped:
        refuse_mixed_devices(func, args, kwargs, place)
    result = _on_cpu(func, args, kwargs, place)
    if torch.Tag.inplace_view in func.tags:
        _reshape(args[0])
    if wanted is not None and wanted != BEHIND:
        return result
    known = {id(tensor._numbers): tensor for tensor in wrapped}

    def wrapper(values: torch.Tensor) -> AcceleratorTensor:
        found = known.get(id(values))
        return AcceleratorTensor(values, place) if found is None else found

    return _each(result, wrapper)


def _reshape(tensor: AcceleratorTensor) -> None:
    """After transpose_ and the like: what C++ sees takes the new shape of the values."""
    values = tensor._numbers
    with no_dispatch():
        behind = torch.empty_strided(
            values.shape, values.stride(), dtype=values.dtype, device=BEHIND
        )
        torch.ops.aten.set_.source_Tensor(tensor, behind)


def _on_cpu(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any], place: torch.device) -> Any:
    def values(tensor: torch.Tensor) -> torch.Tensor:
        return tensor._numbers if isinstance(tensor, AcceleratorTensor) else tensor

    cpu_args = [_each(arg, values) for arg in args]
    cpu_kwargs = {name: _each(value, values) for name, value in kwargs.items()}
    if cpu_kwargs.get("device") is not None:
        cpu_kwargs["device"] = CPU
    cpu_kwargs.pop("pin_memory", None)
    with draws.by_the_generator_of(place, func, cpu_kwargs):
        return func(*cpu_args, **cpu_kwargs)


def _wrapped(value: Any) -> Iterator[AcceleratorTensor]:
    if isinstance(value, AcceleratorTensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _wrapped(item)


def _each(value: Any, change: Callable[[torch.Tensor], Any]) -> Any:
    """The value with each tensor in it, in lists and tuples too, replaced by its `change`."""
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_each(item, change) for item in value)
    return value
