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
import operator
import os
import random
import sys
import types
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.utils.data

_UNKNOWN = object()


class _Setting(NamedTuple):
    """A global setting: how it is read and set, by functions as they were before any cell ran.

    `told` are those that only a notebook's own code changes; libraries change the others too, when
    they are imported or first used. `wanted` is what it is for every check, whatever it was when a
    moment was kept: a visible check that calls an answer may leave gradients switched off.
    """

    name: str
    get: Callable[[], Any]
    set: Callable[[Any], object]
    told: bool = True
    wanted: Any = _UNKNOWN


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
    if "matplotlib" not in sys.modules:
        return {}
    # RcParams validates each of its 300 values again wherever it is copied.
    values = sys.modules["matplotlib"].rcParams
    return dict(zip(dict.keys(values), dict.values(values), strict=True))


def _set_drawing(values: dict[str, Any]) -> None:
    dict.update(sys.modules["matplotlib"].rcParams, values)


_HOOKS = tuple(
    value
    for name, value in vars(torch.nn.modules.module).items()
    if name.startswith("_global_") and isinstance(value, dict)
)


def _set_hooks(hooks: list[dict[Any, Any]]) -> None:
    for now, then in zip(_HOOKS, hooks, strict=True):
        now.clear()
        now.update(then)


_entered: list[Any] = []


def _set_inference_mode(on: bool) -> None:
    guard = torch._C._InferenceMode(on)
    guard.__enter__()
    _entered.append(guard)  # It would end with the object.


def _function_modes() -> list[Any]:
    """What `torch.device(…).__enter__()` and the like have put on torch's stack."""
    return [_mode_at(place) for place in range(_count_modes())]


_mode_at, _count_modes = torch._C._get_function_stack_at, torch._C._len_torch_function_stack
_pop_mode, _push_mode = torch._C._pop_torch_function_stack, torch._C._push_on_torch_function_stack


def _set_function_modes(modes: list[Any]) -> None:
    # The one of torch.set_default_device belongs to that setting, which comes after this one.
    default = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    kept = [mode for mode in _function_modes() if mode is default or _is_among(mode, modes)]
    while _count_modes():
        _pop_mode()
    for mode in kept:
        _push_mode(mode)


def _is_among(one: Any, others: list[Any]) -> bool:
    return any(one is other for other in others)


_is_autocast, _set_autocast = torch.is_autocast_enabled, torch.set_autocast_enabled


def _deterministic() -> tuple[bool, bool]:
    return _is_deterministic(), _only_warns()


_is_deterministic = torch.are_deterministic_algorithms_enabled
_only_warns = torch.is_deterministic_algorithms_warn_only_enabled
_seterr = np.seterr

SETTINGS: tuple[_Setting, ...] = (
    _Setting("the recursion limit", sys.getrecursionlimit, sys.setrecursionlimit),
    _Setting("torch's default dtype", torch.get_default_dtype, torch.set_default_dtype),
    _Setting("torch's function modes", _function_modes, _set_function_modes, False),
    _Setting("torch's default device", _default_device, _set_default_device),
    _Setting(
        "whether gradients are on", torch.is_grad_enabled, torch._C._set_grad_enabled, wanted=True
    ),
    _Setting("inference mode", torch.is_inference_mode_enabled, _set_inference_mode, wanted=False),
    _Setting("autocast", lambda: _is_autocast("cpu"), lambda on: _set_autocast("cpu", on)),
    _Setting("hooks on all modules", lambda: [dict(hooks) for hooks in _HOOKS], _set_hooks),
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
    *(torch.Tensor, torch.utils.data.DataLoader),
    # Not optimizers: torch itself wraps the step of each class when its first object is made.
    *(kind for kind in vars(torch.nn).values() if isinstance(kind, type)),
)
_ONCE_IMPORTED = ("torchvision.datasets", "torchvision.transforms", "matplotlib.pyplot")
_CLASSES_ONCE_IMPORTED = (
    *(("torchvision.datasets", "MNIST"), ("torchvision.transforms", "ToTensor")),
    *(("matplotlib.axes", "Axes"), ("matplotlib.figure", "Figure")),
)
PATCHED = "a function of Python, NumPy, torch or a class"
_MAX_NAMES = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """The names of a notebook and the global state after one of its cells."""

    names: dict[str, Any]
    settings: tuple[Any, ...]
    functions: tuple[tuple[Any, Mapping[str, Any]], ...]


class _Large(NamedTuple):
    """A large tensor or array, which is not kept alive: of a name that is bound anew in each cell
    the memory of one is there at home.
    """

    still_there: Callable[[], Any]


def _light(value: Any) -> Any:
    kind = type(value)
    if kind is torch.Tensor and value.layout is torch.strided:
        large = value.untyped_storage().nbytes() > _LARGE_BYTES
    else:
        large = kind is np.ndarray and value.nbytes > _LARGE_BYTES
    return _Large(weakref.ref(value)) if large else value


def _kept(names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The names of a moment, but for large values that have gone since."""
    for name, value in names.items():
        value = value.still_there() if type(value) is _Large else value
        if value is not None or names[name] is None:
            yield name, value


def _now(names: dict[str, Any], light: Callable[[Any], Any] = _light) -> Moment:
    return Moment(
        names={name: light(value) for name, value in list(names.items())},
        settings=tuple(_value(setting) for setting in SETTINGS),
        functions=tuple((owner, dict(vars(owner))) for owner in _owners(names)),
    )


def _value(setting: _Setting) -> Any:
    try:
        return setting.get()
    except Exception:  # noqa: BLE001 - the student may have broken it: it is then left as it is
        return _UNKNOWN


_LARGE_BYTES = 16_000_000
_INHERITED = object()


def _owners(names: Mapping[str, Any]) -> Iterator[Any]:
    yield from _PATCHABLE
    for module, name in _CLASSES_ONCE_IMPORTED:
        kind = vars(sys.modules[module]).get(name) if module in sys.modules else None
        if type(kind) is type:
            yield kind
    # Exactly these: what vars() of a class with a metaclass of its own says is the student's.
    yield from (value for value in names.values() if type(value) is type and _is_own(value))
    for name in _ONCE_IMPORTED:
        if name in sys.modules:
            yield sys.modules[name]


def _is_own(kind: type) -> bool:
    return vars(kind).get("__module__") == "__main__"


_DEFINED = (types.FunctionType, type)
# What a stub may do before it raises.
_OF_STUBS = {"super", "__init__", "NotImplementedError"}


def _is_answer(value: Any) -> bool:
    """Whether a value can be asked something: a function, a class or a model, and not the stub."""
    if isinstance(value, type):
        return not any(_is_stub(part) for part in vars(value).values())
    return callable(value) and not _is_stub(value)


def _is_stub(function: Any) -> bool:
    if not isinstance(function, types.FunctionType):
        return False
    names = function.__code__.co_names
    return "NotImplementedError" in names and set(names) <= _OF_STUBS


class Moments:
    """The moment of each exercise, and which of them the notebook is in.

    `live` is the notebook's namespace itself: functions look their globals up in it.
    """

    def __init__(self, live: dict[str, Any]) -> None:
        self.live = live
        self.of: dict[str, Moment] = {}
        self.cells: dict[str, int] = {}
        self.late: set[str] = set()
        self.last: Moment | None = None
        self.bound = ""

    def keep(self, exercises: list[str], again: list[str], raised: list[str], cell: int) -> None:
        """The cell that has just run is the one that these exercises are asked after.

        `again` are earlier ones that this cell may answer: it does where their visible check saw no
        answer, or their own cell `raised`, and the name is now bound to one.
        """
        now = _now(self.live)
        answered = [name for name in again if self._is_answered_late(name, name in raised)]
        self.late.update(answered)
        for name in [*exercises, *answered]:
            self.of[name], self.cells[name] = now, cell
        self.last, self.bound = None, ""

    def _is_answered_late(self, name: str, raised: bool) -> bool:
        then = self.of[name].names.get(name, _UNKNOWN) if name in self.of else _UNKNOWN
        now = self.live.get(name, _UNKNOWN)
        if now is then or not _is_answer(now):
            return False
        # A function's own result, as in `test = test(…)`, is no answer to its exercise.
        if isinstance(then, _DEFINED) and not isinstance(now, _DEFINED):
            return False
        return raised or name in self.late or not _is_answer(then)

    def bind(self, exercise: str) -> None:
        """Puts the notebook into the moment of an exercise; without one, as its last cell left it.

        What checks or answers have changed since the exercise before is put back too.
        """
        if not self.of:
            return
        if exercise == self.bound:
            # One check's call may have left gradients off, say: the next one has them on again.
            _restore_settings(self.of.get(exercise, self.last))
            return
        self._notice_the_last()
        assert self.last is not None
        moment = self.of.get(exercise, self.last)
        # The state first: at a recursion limit of 200, say, little else can be done.
        put_back(moment)
        names = {**_without_shadows(self.last.names, moment.names), **dict(_kept(moment.names))}
        for gone in self.live.keys() - names.keys():
            del self.live[gone]
        self.live.update(names)
        self.bound = exercise

    def changed_later(self) -> dict[str, tuple[list[str], list[str], int]]:
        """For each exercise the names that are bound to something else at the notebook's end, or to
        nothing, the settings that are others, by their name in `SETTINGS`, and the cell that it is
        asked after.
        """
        if not self.of:
            return {}
        self._notice_the_last()
        assert self.last is not None
        return {
            exercise: (*_changes(moment, self.last), self.cells[exercise])
            for exercise, moment in self.of.items()
        }

    def _notice_the_last(self) -> None:
        if self.last is None:
            self.last = _now(self.live, light=lambda value: value)


def state() -> Moment:
    """The global state as it is now, without names."""
    return _now({})


def put_back(moment: Moment) -> None:
    """Makes the global state what it was then."""
    _restore_settings(moment)
    _restore_functions(moment)


def _without_shadows(last: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """A later `sum = 0` would hide Python's own `sum` from the answers above it."""
    hidden = vars(builtins)
    return {n: v for n, v in last.items() if n in then or n not in hidden}


def _changes(then: Moment, last: Moment) -> tuple[list[str], list[str]]:
    names = [
        name
        for name, value in _kept(then.names)
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


def _restore_settings(moment: Moment | None) -> None:
    for setting, kept in zip(SETTINGS, moment.settings if moment else (), strict=False):
        value = kept if setting.wanted is _UNKNOWN else setting.wanted
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
    # Most owners are as they were, which is told without a step of Python for each name.
    if len(now) == len(then) and all(map(operator.is_, now.values(), then.values())):
        return
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
