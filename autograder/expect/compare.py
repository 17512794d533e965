"""`compare`: the first difference between two pieces of plain data, as a record.

The order is type, shape, dtype, device, requires_grad, values. A difference has two sentences:
`fact` holds no value of either side beyond type, shape, dtype and device, so that a hidden check
may show it; `detail` holds both values.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from autograder.expect import words
from autograder.expect.printable import printable

FLOAT_RTOL = 1e-4
FLOAT_ATOL = 1e-6
NEXT_STEP = 10.0

_EQUAL_KINDS: tuple[tuple[type, ...], ...] = (
    (type(None),),
    (str,),
    (bytes,),
    (complex, np.complexfloating),
    (torch.dtype,),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The first thing that differs: `kind` for machines, `fact` and `detail` for people.

    `where` names the part of a nested value, as in `[1]["loss"]`; it is empty at the top.
    `compared` are that part as it came and as it was expected.
    """

    kind: str
    fact: str
    detail: str
    where: str = ""
    compared: tuple[Any, Any] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tolerance:
    """How far values may lie apart; None means torch.testing's default for the dtype. All of it is
    widened by a factor.
    """

    rtol: float | None = None
    atol: float | None = None
    factor: float = 1.0

    def of(self, default_rtol: float, default_atol: float) -> tuple[float, float]:
        """Relative and absolute tolerance, with what holds where none was given."""
        rtol = default_rtol if self.rtol is None else self.rtol
        atol = default_atol if self.atol is None else self.atol
        return rtol * self.factor, atol * self.factor


def compare(
    actual: Any, expected: Any, tolerance: Tolerance | None = None, where: str = ""
) -> Difference | None:
    """The first difference, or None where there is none.

    `expected` says what counts: a list, a tuple and a torch.Size are one kind of sequence, NumPy's
    scalars count as Python's numbers, a whole number may stand for a float; a bool is no number
    and a tensor of one element is neither. NaN equals NaN.
    """
    difference = _compared(actual, expected, tolerance or Tolerance(), where)
    if difference is None or difference.compared is not None:
        return difference
    return dataclasses.replace(difference, compared=(actual, expected))


def is_near(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    """Whether values that differ would not, were the tolerance one step wider: ten times."""
    wider = dataclasses.replace(tolerance, factor=tolerance.factor * NEXT_STEP)
    return compare(actual, expected, wider) is None


def _compared(actual: Any, expected: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if isinstance(expected, torch.Tensor):
        return _tensors(actual, expected, tolerance, where)
    if isinstance(expected, np.ndarray):
        return _arrays(actual, expected, tolerance, where)
    if isinstance(expected, (bool, np.bool_)):
        return _equal(actual, bool(expected), (bool, np.bool_), where)
    if isinstance(expected, (int, np.integer)):
        return _whole_numbers(actual, int(expected), where)
    if isinstance(expected, (float, np.floating)):
        return _floats(actual, float(expected), tolerance, where)
    if isinstance(expected, (list, tuple)):
        return _sequences(actual, expected, tolerance, where)
    if isinstance(expected, Mapping):
        return _mappings(actual, expected, tolerance, where)
    if isinstance(expected, torch.device):
        return _devices(actual, expected, where)
    for kinds in _EQUAL_KINDS:
        if isinstance(expected, kinds):
            return _equal(actual, expected, kinds, where)
    raise TypeError(f"expect cannot compare with {words.kind_of(expected)}: fetch a part of it")


def _different(kind: str, where: str, fact: str, detail: str | None = None) -> Difference:
    return Difference(kind=kind, fact=fact, detail=detail or fact, where=where)


def _wrong_type(actual: Any, expected: Any, where: str) -> Difference:
    kind, got = words.kind_of(actual), words.shown(actual)
    fact = f"is {kind}, expected {words.kind_of(expected)}"
    return _different("type", where, fact, fact if got == kind else f"{fact} (got {got})")


def _tensors(
    actual: Any, expected: torch.Tensor, tolerance: Tolerance, where: str
) -> Difference | None:
    # The exact types: a subclass could answer every comparison with yes by __torch_function__.
    plain = type(actual) in (torch.Tensor, torch.nn.Parameter) and words.is_dense(actual)
    if not plain:
        return _wrong_type(actual, expected, where)
    return _form(actual, expected, where) or _values(actual, expected, tolerance, where)


def _form(actual: torch.Tensor, expected: torch.Tensor, where: str) -> Difference | None:
    # The values are compared, not their words, which are cut where they would grow long.
    if actual.shape != expected.shape:
        return _other_form("shape", words.shape(actual.shape), words.shape(expected.shape), where)
    if actual.dtype != expected.dtype:
        return _other_form("dtype", words.dtype(actual.dtype), words.dtype(expected.dtype), where)
    if actual.device != expected.device:
        return _other_form("device", str(actual.device), str(expected.device), where)
    if actual.requires_grad != expected.requires_grad:
        if actual.requires_grad:
            fact = "still requires a gradient, expected one without"
        else:
            fact = "does not require a gradient, expected one that does"
        return _different("requires_grad", where, fact)
    return None


def _other_form(kind: str, got: str, wanted: str, where: str) -> Difference:
    joint = "is on" if kind == "device" else "has"
    return _different(kind, where, f"{joint} {kind} {got}, expected {wanted}")


def _values(
    actual: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance, where: str
) -> Difference | None:
    if expected.device.type == "meta" or expected.numel() == 0:
        return None
    actual, expected = actual.detach(), expected.detach()
    rtol, atol = tolerance.of(*torch.testing._comparison.default_tolerances(expected.dtype))
    close = torch.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=True)
    wrong = int((~close).sum())
    if not wrong:
        return None
    place = tuple(int(i) for i in (~close).nonzero()[0])
    # A tensor without axes has one value and no index.
    at = f" at [{', '.join(str(i) for i in place)}]" if place else ""
    several = expected.numel() > 1
    fact = f"differs in {wrong} of {expected.numel()} values" if several else "has another value"
    got, wanted = words.numbers(actual[place].item(), expected[place].item())
    first = f"the first{at} is {got}, expected {wanted}"
    return _different(
        "values", where, fact + (f", first{at}" if several else ""), f"{fact}; {first}"
    )


def _arrays(
    actual: Any, expected: np.ndarray[Any, Any], tolerance: Tolerance, where: str
) -> Difference | None:
    if type(actual) is not np.ndarray:
        return _wrong_type(actual, expected, where)
    if actual.shape != expected.shape:
        return _other_form("shape", words.shape(actual.shape), words.shape(expected.shape), where)
    if actual.dtype.name != expected.dtype.name:
        got, wanted = printable(actual.dtype.name), expected.dtype.name
        return _other_form("dtype", got, wanted, where)
    return _values(_as_tensor(actual), _as_tensor(expected), tolerance, where)


def _as_tensor(array: np.ndarray[Any, Any]) -> torch.Tensor:
    # A copy in this machine's byte order: torch takes no other, and IDX files are big-endian.
    return torch.from_numpy(array.astype(array.dtype.newbyteorder("=")))


def _equal(actual: Any, expected: Any, kinds: tuple[type, ...], where: str) -> Difference | None:
    if not isinstance(actual, kinds):
        return _wrong_type(actual, expected, where)
    if actual == expected:
        return None
    if isinstance(expected, (bool, torch.dtype, np.bool_)):
        fact = f"is {words.dtype(actual)}, expected {words.dtype(expected)}"
        return _different("values", where, fact)
    fact = f"is not the expected {words.kind_of(expected).split(' ', 1)[-1]}"
    return _different(
        "values", where, fact, f"is {words.shown(actual)}, expected {words.shown(expected)}"
    )


def _is_whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_))


def _whole_numbers(actual: Any, expected: int, where: str) -> Difference | None:
    if not _is_whole(actual):
        return _wrong_type(actual, expected, where)
    if int(actual) == expected:
        return None
    return _other_number(int(actual), expected, where)


def _other_number(actual: float, expected: float, where: str) -> Difference:
    got, wanted = words.numbers(actual, expected)
    detail = f"is {got}, expected {wanted}"
    return _different("values", where, "is not the expected number", detail)


def _floats(actual: Any, expected: float, tolerance: Tolerance, where: str) -> Difference | None:
    if not (isinstance(actual, (float, np.floating)) or _is_whole(actual)):
        return _wrong_type(actual, expected, where)
    got = _as_float(actual)
    rtol, atol = tolerance.of(FLOAT_RTOL, FLOAT_ATOL)
    both_nan = math.isnan(got) and math.isnan(expected)
    # An infinite `expected` would make the tolerance infinite, and every number close to it.
    close = math.isfinite(expected) and abs(got - expected) <= atol + rtol * abs(expected)
    if both_nan or got == expected or close:
        return None
    return _other_number(got, expected, where)


def _as_float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _sequences(
    actual: Any, expected: list[Any] | tuple[Any, ...], tolerance: Tolerance, where: str
) -> Difference | None:
    if not isinstance(actual, (list, tuple)):
        return _wrong_type(actual, expected, where)
    if len(actual) != len(expected):
        fact = f"has {_items(len(actual))}, expected {len(expected)}"
        return _different("length", where, fact)
    for index, (got, wanted) in enumerate(zip(actual, expected, strict=True)):
        difference = compare(got, wanted, tolerance, f"{where}[{index}]")
        if difference:
            return difference
    return None


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _mappings(
    actual: Any, expected: Mapping[Any, Any], tolerance: Tolerance, where: str
) -> Difference | None:
    if not isinstance(actual, Mapping):
        return _wrong_type(actual, expected, where)
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        return _different("keys", where, f"has no key {words.shown(missing[0])}")
    if extra:
        fact = f"has {len(extra)} keys too many" if len(extra) > 1 else "has a key too many"
        return _different("keys", where, fact, f"{fact}: {words.shown(extra[0])}")
    for key, wanted in expected.items():
        difference = compare(actual[key], wanted, tolerance, f"{where}[{words.shown(key)}]")
        if difference:
            return difference
    return None


def _devices(actual: Any, expected: torch.device, where: str) -> Difference | None:
    if not isinstance(actual, torch.device):
        return _wrong_type(actual, expected, where)
    # torch.device("cuda") and torch.device("cuda:0") name the same device.
    if (actual.type, actual.index or 0) == (expected.type, expected.index or 0):
        return None
    return _different("device", where, f"is {actual}, expected {expected}")
