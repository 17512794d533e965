"""What a check observes of an answer: each thing that comes back, in a line that can be compared.

Runs in: the judge, on decoded plain data only. No text of the student's is parsed or evaluated,
and a line's length and the time for it are bounded.

A line names the kind, exactly (types, shapes, dtypes, devices, an exception's type and text without
its numbers), and holds a few numbers that tell the values, to be compared with a tolerance: the
same mistake in other code gives the same values but for the last digits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from autograder.namespace.failures import MissingName, StudentError, StudentTimeout
from autograder.results import Observed

_MAX_KIND = 240
_MAX_VALUES = 24
_MAX_ITEMS = 12
_MAX_DEPTH = 4
_WHOLE = 8
_SAMPLED = 4096

_NUMBER = re.compile(r"(?<![A-Za-z_])-?[0-9]+(?:\.[0-9]+)?")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+|/[^\s'\"]+")
_NAMED = re.compile(r"'[A-Za-z_][A-Za-z_0-9]{0,60}'")
# In their texts stand the student's own names, which two students hardly ever share.
_ABOUT_A_NAME = ("NameError", "UnboundLocalError")


class _Sketch:
    """Collects one line: the kind grows as text, the values as numbers, both within a budget."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def kind(self, value: Any, depth: int = 0) -> str:
        if value is None:
            return "None"
        if depth > _MAX_DEPTH:
            return "…"
        tell = _KINDS.get(type(value))
        if tell is not None:
            return tell(self, value, depth)
        if isinstance(value, np.generic):
            self._numbers(np.asarray(value))
            return f"numpy {value.dtype.name}"
        return _handle_kind(value)

    def _number(self, value: float, _depth: int) -> str:
        self._add(_as_float(value))
        return type(value).__name__

    def _complex(self, value: complex, _depth: int) -> str:
        self._add(value.real)
        self._add(value.imag)
        return "complex"

    def _text(self, value: str | bytes, _depth: int) -> str:
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        return f"{type(value).__name__} {hashlib.sha256(raw).hexdigest()[:12]}"

    def _word(self, value: Any, _depth: int) -> str:
        return f"{type(value).__name__} {value}"[:80]

    def _sequence(self, value: Sequence[Any], depth: int) -> str:
        name = type(value).__name__
        if len(value) > _MAX_ITEMS and all(type(item) in (int, float, bool) for item in value):
            self._numbers(np.asarray([_as_float(item) for item in value[:_SAMPLED]]))
            return f"{name} of {len(value)} numbers"
        items = [self.kind(item, depth + 1) for item in value[:_MAX_ITEMS]]
        return f"{name} of {len(value)} [{', '.join(items)}]"

    def _dict(self, value: dict[Any, Any], depth: int) -> str:
        pairs = list(value.items())[:_MAX_ITEMS]
        items = [f"{self.kind(k, depth + 1)}: {self.kind(v, depth + 1)}" for k, v in pairs]
        return f"dict of {len(value)} [{', '.join(items)}]"

    def _tensor(self, value: torch.Tensor, _depth: int) -> str:
        if value.device.type == "cpu":
            flat = value.detach().reshape(-1)
            step = max(len(flat) // _SAMPLED, 1)
            sample = flat[::step][:_SAMPLED]
            wide = sample.to(torch.complex128 if sample.is_complex() else torch.float64)
            self._numbers(wide.numpy())
        grad = " that requires a gradient" if value.requires_grad else ""
        dtype = str(value.dtype).removeprefix("torch.")
        return f"tensor {dtype} {tuple(value.shape)} {value.device}{grad}"

    def _array(self, value: np.ndarray[Any, Any], _depth: int) -> str:
        flat = value.reshape(-1)
        self._numbers(flat[:: max(len(flat) // _SAMPLED, 1)][:_SAMPLED])
        return f"array {value.dtype.name} {value.shape}"

    def _numbers(self, flat: np.ndarray[Any, Any]) -> None:
        """A few values as they are; of many the size, the mean, and two sums that know places."""
        flat = flat.reshape(-1)
        if np.iscomplexobj(flat):
            flat = np.concatenate([flat.real, flat.imag])
        values = flat.astype(np.float64)
        if len(values) <= _WHOLE:
            for value in values:
                self._add(float(value))
            return
        finite = np.isfinite(values)
        if not finite.all():
            self._add(float(1 - finite.mean()))
            values = np.where(finite, values, 0.0)
        largest = float(np.abs(values).max())
        scaled = values / largest if largest > 0 else values
        places = np.arange(len(values))
        self._add(largest)
        for weights in (np.ones(len(values)), np.cos(1.3 * places), np.cos(0.37 * places + 1)):
            self._add(float(scaled @ weights) / len(values) ** 0.5)

    def _add(self, value: float) -> None:
        if len(self.values) < _MAX_VALUES:
            self.values.append(value)


_KINDS: dict[type, Callable[[_Sketch, Any, int], str]] = {
    bool: _Sketch._number,
    int: _Sketch._number,
    float: _Sketch._number,
    complex: _Sketch._complex,
    str: _Sketch._text,
    bytes: _Sketch._text,
    list: _Sketch._sequence,
    tuple: _Sketch._sequence,
    dict: _Sketch._dict,
    torch.Size: _Sketch._word,
    torch.dtype: _Sketch._word,
    torch.device: _Sketch._word,
    slice: _Sketch._word,
    torch.Tensor: _Sketch._tensor,
    np.ndarray: _Sketch._array,
}


def _as_float(value: float) -> float:
    # Python makes no float of a whole number this large.
    return float(value) if type(value) is float or abs(value) < 10**300 else float("inf")


def _handle_kind(value: Any) -> str:
    # `Handle` says what it is in words that are safe to show; anything else is of our own.
    in_words = getattr(type(value), "_kind_in_words_", None)
    return str(in_words(value)) if in_words is not None else type(value).__name__


def observed(op: str, value: Any) -> Observed:
    """The line for a value that came back as the answer to a request."""
    sketch = _Sketch()
    kind = sketch.kind(value)
    return Observed(kind=_short(f"{op} {kind}"), values=tuple(sketch.values))


def observed_failure(problem: Exception) -> Observed:
    """The line for a request that got no value."""
    if isinstance(problem, StudentError):
        text, values = _masked(problem)
        return Observed(kind=_short(f"raised {problem.type_name[:60]}: {text}"), values=values)
    if isinstance(problem, MissingName):
        return Observed(kind=f"no {problem.name}"[:_MAX_KIND])
    return Observed(kind="timeout" if isinstance(problem, StudentTimeout) else "died")


def _masked(problem: StudentError) -> tuple[str, tuple[float, ...]]:
    """An exception's text without what differs by chance, and the numbers that were in it."""
    text = _ADDRESS.sub("…", problem.message[:400])
    if problem.type_name in _ABOUT_A_NAME:
        text = _NAMED.sub("…", text)
    numbers = [float(found) for found in _NUMBER.findall(text)[:_MAX_VALUES]]
    return _NUMBER.sub("#", text), tuple(n for n in numbers if abs(n) < 1e300)


def _short(kind: str) -> str:
    if len(kind) <= _MAX_KIND:
        return kind
    rest = hashlib.sha256(kind.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{kind[:_MAX_KIND]}…{rest}"


_IN_WORDS = {
    "None": "None",
    "bool": "True or False",
    "int": "a whole number",
    "float": "a float",
    "complex": "a complex number",
    "str": "a text",
    "bytes": "bytes",
    "Size": "a torch.Size",
    "dtype": "a dtype",
    "device": "a device",
    "slice": "a slice",
    "numpy": "a NumPy number",
}
_SHAPED = re.compile(r"(tensor|array) (\w+) (\([0-9, ]*\))")
_HOLDS = re.compile(r"(list|tuple|dict) of [0-9]+")


def form_in_words(kind: str) -> str:
    """The form of a value in an observed line's kind, in words; "" where no value came back."""
    op, _, form = kind.partition(" ")
    if op in ("", "raised", "no", "timeout", "died"):
        return ""
    shaped = _SHAPED.match(form)
    if shaped is not None:
        what = "a tensor" if shaped[1] == "tensor" else "a NumPy array"
        return f"{what} of shape {shaped[3]} and dtype {shaped[2]}"
    holds = _HOLDS.match(form)
    if holds is not None:
        return f"a {holds[0]}"
    return _IN_WORDS.get(form.split(" ")[0], form)
