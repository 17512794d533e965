"""Runs in: the kernel, beside the student's code. Holds no secret.

Whether functions of the notebook may come to use certain of its names. Their code is read, not run.
In doubt they may: that costs whoever asks a second look, and a missing one would be unfair.
"""

from __future__ import annotations

import collections
import dis
import enum
import functools
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch

_LOOKED_UP_BY_TEXT: Final = frozenset(
    (
        *("__builtins__", "__dict__", "__globals__", "__import__", "__main__", "eval", "exec"),
        *("f_globals", "get_ipython", "getattr", "globals", "import_module", "locals", "modules"),
        "vars",
    )
)
_HOLDS_NO_CODE: Final = (
    *(bool, int, float, complex, str, bytes, range, type(None), type(...), enum.Enum),
    *(torch.Tensor, torch.dtype, torch.device, torch.Generator, np.ndarray, np.generic, np.dtype),
    *(types.ModuleType, types.BuiltinFunctionType, types.MethodDescriptorType),
    *(types.GetSetDescriptorType, types.MemberDescriptorType, types.WrapperDescriptorType),
)
_MOST_VALUES: Final = 1000


def may_use(roots: Sequence[str], wanted: Iterable[str], notebook: Mapping[str, Any]) -> bool:
    """Whether what the notebook has under the names of `roots`, when it is called, may come to use
    one of the `wanted` names.
    """
    names = frozenset(wanted)
    if not notebook.keys() >= set(roots):
        return True
    waiting = [notebook[name] for name in roots]
    seen = dict[int, Any]()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        used = _used_by(value, notebook)
        if used is None or len(seen) > _MOST_VALUES:
            return True
        known, values = used
        if not names.isdisjoint(known):
            return True
        waiting += [*values, *(notebook[name] for name in known if name in notebook)]
    return False


def _used_by(
    value: Any, notebook: Mapping[str, Any]
) -> tuple[frozenset[str], Iterable[Any]] | None:
    """The names that a value's own code looks up in the notebook, and the values that it holds;
    None where that can't be told.
    """
    if isinstance(value, types.FunctionType):
        return _used_by_function(value, notebook)
    held = _held(value)
    return None if held is None else (frozenset(), held)


def _used_by_function(
    function: types.FunctionType, notebook: Mapping[str, Any]
) -> tuple[frozenset[str], Iterable[Any]] | None:
    codes = list(_codes(function.__code__)) if function.__globals__ is notebook else []
    if any(not _LOOKED_UP_BY_TEXT.isdisjoint(code.co_names) for code in codes):
        return None
    names = frozenset(name for code in codes for name in _globals(code))
    try:
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
    except ValueError:  # One is empty yet.
        return None
    kept = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return names, [*cells, *kept, *vars(function).values()]


def _held(value: Any) -> Iterable[Any] | None:
    if isinstance(value, type):
        return [*vars(value).values(), *value.__bases__] if value.__module__ == "__main__" else []
    if isinstance(value, _HOLDS_NO_CODE):
        return []
    if type(value) in (list, tuple, set, frozenset):
        return list(value)
    if type(value) in (dict, collections.OrderedDict, types.MappingProxyType):
        return [*value, *value.values()]
    if isinstance(value, (staticmethod, classmethod)):
        return [value.__func__]
    if isinstance(value, types.MethodType):
        return [value.__func__, value.__self__]
    if type(value) is property:
        return [value.fget, value.fset, value.fdel]
    if type(value) is functools.partial:
        return [value.func, *value.args, *value.keywords.values()]
    # An object of a Python class has no more than its class and its attributes.
    return [type(value), *vars(value).values()] if hasattr(value, "__dict__") else None


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _globals(code: types.CodeType) -> Iterator[str]:
    """The names that code looks up in the notebook: `train`, but not that of `model.train()`."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
