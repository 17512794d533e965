"""How values and their kinds are said to a student: short, printable, and never more than asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from autograder.expect.printable import printable

VALUE_BUDGET = 200
_MAX_AXES = 8
_MAX_VALUES = 16

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "None"),
    ((bool, np.bool_), "True or False"),
    ((int, np.integer), "a whole number"),
    ((float, np.floating), "a float"),
    ((complex, np.complexfloating), "a complex number"),
    (str, "a text"),
    (bytes, "bytes"),
    (torch.Tensor, "a tensor"),
    (np.ndarray, "a NumPy array"),
    (torch.Size, "a torch.Size"),
    (torch.dtype, "a dtype"),
    (torch.device, "a device"),
    (tuple, "a tuple"),
    (list, "a list"),
    (Mapping, "a dict"),
)


def kind_of(value: Any) -> str:
    """What a value is, as "a tensor" or "an object of type DataLoader"."""
    told = getattr(type(value), "_kind_in_words_", None)
    if told is not None:
        return str(told(value))
    if isinstance(value, torch.Tensor) and not _is_own_kind(value) and not is_dense(value):
        return "a nested tensor" if value.is_nested else f"a tensor of layout {dtype(value.layout)}"
    for kinds, words in _KINDS:
        if isinstance(value, kinds) and not _is_own_kind(value):
            return words
    return f"an object of type {printable(type(value).__name__)}"


def _is_own_kind(value: Any) -> bool:
    """Whether it is a tensor or array of another class, which `compare` does not accept."""
    if isinstance(value, torch.Tensor):
        return type(value) not in (torch.Tensor, torch.nn.Parameter)
    return isinstance(value, np.ndarray) and type(value) is not np.ndarray


def is_dense(tensor: torch.Tensor) -> bool:
    """Whether a tensor holds each of its values at a place of its own: not sparse, not nested."""
    return not tensor.is_nested and tensor.layout is torch.strided


def number(value: Any, digits: int = 6) -> str:
    """A number as people read it: 0.25, 7, 1.2e-07."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return _whole(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return f"{complex(value):.{digits}g}"
    return f"{float(value):.{digits}g}"


def _whole(value: int) -> str:
    bits = value.bit_length()
    # Python writes no number of more than 4,300 digits.
    return str(value) if bits <= 512 else f"a whole number of {bits:,} bits"


def numbers(first: Any, second: Any) -> tuple[str, str]:
    """Two different numbers, with as many digits as it takes to tell them apart."""
    for digits in (6, 9, 17):
        texts = number(first, digits), number(second, digits)
        if texts[0] != texts[1]:
            break
    return texts


def shown(value: Any) -> str:
    """A value within the budget: small tensors whole, large ones as their shape and dtype.

    The time and memory for it are bounded too, whatever the value: a student made it.
    """
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return _shown_tensor(value)
    if isinstance(value, torch.Size):
        return f"torch.Size([{_sizes(value)}])"
    if isinstance(value, (float, np.floating)):
        text = number(value)
        return f"{text}.0" if text.lstrip("-").isdigit() else text
    if isinstance(value, (bool, int, complex, np.bool_, np.number)):
        return number(value)
    if isinstance(value, str):
        return repr(printable(value))
    if value is None or isinstance(value, (torch.dtype, torch.device)):
        return printable(str(value), VALUE_BUDGET)
    return kind_of(value)


def _shown_tensor(value: torch.Tensor | np.ndarray[Any, Any]) -> str:
    if isinstance(value, torch.Tensor) and not is_dense(value):
        return kind_of(value)
    name = "tensor" if isinstance(value, torch.Tensor) else "array"
    if not is_small(value, _MAX_AXES, _MAX_VALUES) or not holds_numbers(value):
        return f"{name} of shape {shape(value.shape)}, {dtype(value.dtype)}"
    plain = value.detach().tolist() if isinstance(value, torch.Tensor) else value.tolist()
    return printable(f"{name}({_nested(plain)})", VALUE_BUDGET)


def is_small(value: torch.Tensor | np.ndarray[Any, Any], axes: int, values: int) -> bool:
    """Whether it has at most so many axes, and so many values or lists to write it with."""
    # An axis of size 0 counts as 1: the shape (30_000_000, 0) has no value and 30 million lists.
    most = math.prod(max(int(n), 1) for n in value.shape)
    return len(value.shape) <= axes and most <= values


def holds_numbers(value: torch.Tensor | np.ndarray[Any, Any]) -> bool:
    """Whether its values can be read, and are numbers."""
    if isinstance(value, torch.Tensor):
        return value.device.type != "meta" and not value.is_quantized
    return value.dtype.kind in "biufc"


def _nested(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_nested(item) for item in value) + "]"
    return number(value)


def shape(sizes: Sequence[int]) -> str:
    """A shape as a tuple: (2, 3). Of one with many axes the first, and how many there are."""
    return f"({_sizes(sizes)},)" if len(sizes) == 1 else f"({_sizes(sizes)})"


def _sizes(sizes: Sequence[int]) -> str:
    first = ", ".join(str(int(n)) for n in sizes[:_MAX_AXES])
    return first if len(sizes) <= _MAX_AXES else f"{first}, … {len(sizes):,} axes in all"


def dtype(value: Any) -> str:
    """A dtype, or a layout, without its package: float32."""
    return printable(str(value).removeprefix("torch."))
