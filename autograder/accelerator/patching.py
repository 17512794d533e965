"""Runs in: the kernel, beside the student's code. Holds no secret.

Another answer in the place of a function of torch's, for a while, also under the names by which a
cell has imported it before: `from torch.cuda import is_available`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

_MISSING = object()


def put(stack: contextlib.ExitStack, owner: Any, name: str, value: Any) -> None:
    """`owner.name` is `value` until the stack closes. A function of Python's stays the object that
    it is, and does what `value` does; in the place of all else stands `value` itself.
    """
    there = vars(owner).get(name, _MISSING)
    if hasattr(there, "cache_clear"):
        # What it kept was true before, what it keeps from now on is true now.
        there.cache_clear()
        stack.callback(there.cache_clear)
        there = getattr(there, "__wrapped__", there)
    if isinstance(there, FunctionType) and not there.__closure__ and callable(value):
        _redirect(stack, there, value)
        return
    own = vars(owner).get(name, _MISSING)
    setattr(owner, name, value)
    if own is _MISSING:
        stack.callback(delattr, owner, name)
    else:
        stack.callback(setattr, owner, name, own)


def copy_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a function does now, whatever is put in its place later."""
    if not isinstance(function, FunctionType):
        return function
    copy = FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def _redirect(stack: contextlib.ExitStack, function: FunctionType, value: Any) -> None:
    names, key = function.__globals__, f"_autograder_{function.__name__}"
    before = names.get(key, _MISSING)
    own = function.__code__, function.__defaults__, function.__kwdefaults__

    def put_back() -> None:
        function.__code__, function.__defaults__, function.__kwdefaults__ = own
        if before is _MISSING:
            names.pop(key, None)
        else:
            names[key] = before

    stack.callback(put_back)
    names[key] = value
    function.__defaults__ = function.__kwdefaults__ = None
    function.__code__ = _calling(function.__name__, key)


def _calling(name: str, key: str) -> CodeType:
    """The code of a function of that name which calls the global `key`."""
    return _template.__code__.replace(co_name=name, co_qualname=name, co_names=(key,))


def _template(*args: Any, **kwargs: Any) -> Any:
    return _answer(*args, **kwargs)


def _answer(*args: Any, **kwargs: Any) -> Any:
    """The name that is replaced in the template's code."""
