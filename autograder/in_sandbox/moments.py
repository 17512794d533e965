"""Runs in: the kernel, beside the student's code. Holds no secret.

An exercise is asked with the names, and with the state of Python and torch, that its visible check
saw. A later cell may give a name to something else (`test = test(…)`), delete it, reset the
notebook, change the default dtype or patch a function: what passed at home is asked as it was.
Names that only later cells define stay, for an answer may call a function that is defined below it.
"""

from __future__ import annotations

import builtins
import contextlib
import math
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.utils.data


class _Setting(NamedTuple):
    """A global setting: how it is read and set, by functions as they were before any cell ran.

    `told` are those that only a notebook's own code changes; libraries change the others too, when
    they are imported or first used.
    """

    name: str
    get: Callable[[], Any]
    set: Callable[[Any], object]
    told: bool = True


def _set_filters(filters: list[Any]) -> None:
    warnings.resetwarnings()  # It also makes the registries of what was warned of invalid.
    warnings.filters[:] = filters  # type: ignore[index]  # typeshed says a Sequence


def _set_deterministic(how: tuple[bool, bool]) -> None:
    torch.use_deterministic_algorithms(how[0], warn_only=how[1])


def _default_device(
    get: Callable[[], torch.device] = torch.get_default_device,
) -> str:
    return str(get())


def _set_default_device(
    device: str, set_: Callable[[str | None], None] = torch.set_default_device
) -> None:
    # Without a default torch says "cpu"; with one, each call of a factory goes through a mode.
    set_(None if device == "cpu" else device)


def _set_environment(environment: dict[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


def _drawing() -> dict[str, Any]:
    # RcParams.copy() validates each of its 300 values again.
    return dict.copy(sys.modules["matplotlib"].rcParams) if "matplotlib" in sys.modules else {}


def _set_drawing(values: dict[str, Any]) -> None:
    dict.update(sys.modules["matplotlib"].rcParams, values)


def _deterministic() -> tuple[bool, bool]:
    return _is_deterministic(), _only_warns()


_is_deterministic = torch.are_deterministic_algorithms_enabled
_only_warns = torch.is_deterministic_algorithms_warn_only_enabled
_seterr = np.seterr

SETTINGS: tuple[_Setting, ...] = (
    _Setting("the recursion limit", sys.getrecursionlimit, sys.setrecursionlimit),
    _Setting("torch's default dtype", torch.get_default_dtype, torch.set_default_dtype),
    _Setting("torch's default device", _default_device, _set_default_device),
    _Setting("whether gradients are on", torch.is_grad_enabled, torch._C._set_grad_enabled),
    _Setting("torch's number of threads", torch.get_num_threads, torch.set_num_threads),
    _Setting("whether torch is deterministic", _deterministic, _set_deterministic),
    _Setting("anomaly detection", torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
    _Setting("NumPy's handling of errors", np.geterr, lambda how: _seterr(**how)),
    _Setting("the working folder", os.getcwd, os.chdir),
    _Setting("the filters of warnings", lambda: list(warnings.filters), _set_filters, False),
    _Setting("the environment", lambda: dict(os.environ), _set_environment, False),
    _Setting("matplotlib's settings", _drawing, _set_drawing, False),
    _Setting("sys.stdout", lambda: sys.stdout, lambda to: setattr(sys, "stdout", to), False),
    _Setting("sys.stderr", lambda: sys.stderr, lambda to: setattr(sys, "stderr", to), False),
)
# Where a patched function changes what an answer does.
_PATCHABLE: tuple[Any, ...] = (
    *(builtins, math, random, np, np.random),
    *(torch, torch.nn, torch.nn.functional, torch.nn.init, torch.optim, torch.utils.data),
    *(torch.Tensor, torch.nn.Module),
)
_ONCE_IMPORTED = ("torchvision.datasets", "torchvision.transforms", "matplotlib.pyplot")
PATCHED = "a function of Python, NumPy, torch or a class"
_MAX_NAMES = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """The names of a notebook and the global state after one of its cells."""

    names: dict[str, Any]
    settings: tuple[Any, ...]
    functions: tuple[tuple[Any, Mapping[str, Any]], ...]


def _now(names: dict[str, Any]) -> Moment:
    return Moment(
        names=dict(names),
        settings=tuple(_value(setting) for setting in SETTINGS),
        functions=tuple((owner, dict(vars(owner))) for owner in _owners(names)),
    )


def _value(setting: _Setting) -> Any:
    try:
        return setting.get()
    except Exception:  # noqa: BLE001 - the student may have broken it: it is then left as it is
        return _UNKNOWN


_UNKNOWN = object()
_INHERITED = object()


def _owners(names: Mapping[str, Any]) -> Iterator[Any]:
    yield from _PATCHABLE
    # Exactly these: what vars() of a class with a metaclass of its own says is the student's.
    yield from (value for value in names.values() if type(value) is type and _is_own(value))
    for name in _ONCE_IMPORTED:
        if name in sys.modules:
            yield sys.modules[name]


def _is_own(kind: type) -> bool:
    return vars(kind).get("__module__") == "__main__"


class Moments:
    """The moment of each exercise, and which of them the notebook is in.

    `live` is the notebook's namespace itself: functions look their globals up in it.
    """

    def __init__(self, live: dict[str, Any]) -> None:
        self.live = live
        self.of: dict[str, Moment] = {}
        self.last: Moment | None = None
        self.bound = ""

    def keep(self, exercises: list[str]) -> None:
        """The cell that has just run is the one that these exercises are asked after."""
        now = _now(self.live)
        self.of.update(dict.fromkeys(exercises, now))
        self.last, self.bound = None, ""

    def bind(self, exercise: str) -> None:
        """Puts the notebook into the moment of an exercise; without one, as its last cell left it.

        What checks or answers have changed since the exercise before is put back too.
        """
        if not self.of or exercise == self.bound:
            return
        self._notice_the_last()
        assert self.last is not None
        moment = self.of.get(exercise, self.last)
        # The settings first: at a recursion limit of 200, say, little else can be done.
        _restore_settings(moment)
        _restore_functions(moment)
        names = {**_without_shadows(self.last.names, moment.names), **moment.names}
        for gone in self.live.keys() - names.keys():
            del self.live[gone]
        self.live.update(names)
        self.bound = exercise

    def changed_later(self) -> dict[str, tuple[list[str], list[str]]]:
        """For each exercise the names that are bound to something else at the notebook's end, or to
        nothing, and the settings that are others, by their name in `SETTINGS`.
        """
        if not self.of:
            return {}
        self._notice_the_last()
        assert self.last is not None
        return {exercise: _changes(moment, self.last) for exercise, moment in self.of.items()}

    def _notice_the_last(self) -> None:
        if self.last is None:
            self.last = _now(self.live)


def _without_shadows(last: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """A later `sum = 0` would hide Python's own `sum` from the answers above it."""
    return {n: v for n, v in last.items() if n in then or not hasattr(builtins, str(n))}


def _changes(then: Moment, last: Moment) -> tuple[list[str], list[str]]:
    names = [
        name
        for name, value in then.names.items()
        if type(name) is str
        and not name.startswith("_")
        and last.names.get(name, _UNKNOWN) is not value
    ]
    pairs = zip(SETTINGS, then.settings, last.settings, strict=True)
    settings = [setting.name for setting, a, b in pairs if not _equal(a, b)]
    if any(True for owner, was in then.functions for _ in _patched(owner, was, vars(owner))):
        settings.append(PATCHED)
    return names[:_MAX_NAMES], settings


def _equal(first: Any, second: Any) -> bool:
    try:
        return bool(first is second or first == second)
    except Exception:  # noqa: BLE001 - a student's object may compare as it likes
        return False


def _restore_settings(moment: Moment) -> None:
    for setting, value in zip(SETTINGS, moment.settings, strict=True):
        if value is not _UNKNOWN and not _equal(value, _value(setting)):
            with contextlib.suppress(Exception):
                setting.set(value)


def _restore_functions(moment: Moment) -> None:
    for owner, then in moment.functions:
        for name, value in list(_patched(owner, then, vars(owner))):
            with contextlib.suppress(Exception):
                if value is _INHERITED:
                    delattr(owner, name)
                else:
                    setattr(owner, name, value)


def _patched(
    owner: Any, then: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """What is another function now than it was then, or none, with the one that it was, or with
    `_INHERITED`.

    Names that begin with an underscore are the libraries' own state, but for a class's operators.
    """
    for name, value in then.items():
        if now.get(name, _UNKNOWN) is not value and callable(value) and _is_public(owner, name):
            yield name, value
    for name in now.keys() - then.keys() if isinstance(owner, type) else ():
        # torch.Tensor has most of its methods from a class above it.
        if any(name in vars(base) for base in owner.__mro__[1:]):
            yield name, _INHERITED


def _is_public(owner: Any, name: str) -> bool:
    operator = isinstance(owner, type) and name.startswith("__") and name.endswith("__")
    # torch.Storage is another class under each default dtype.
    return operator or not (name.startswith("_") or (owner is torch and name == "Storage"))
