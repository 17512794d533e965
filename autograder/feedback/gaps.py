"""What an answer gave beside what was expected, made ready to be shown: small tables of numbers,
in which the cells that differ are named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from autograder.results import MOST_SHOWN, Gap, Shown

_SHADES = 5
# What `expect` takes as equal for float32: smaller differences are rounding, no mistake.
_REL, _ABS = 1e-5, 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number of a table: as text, how large it is among all that are shown, from 0 to
    `_SHADES`, and whether the other side has another one in its place.
    """

    text: str
    shade: int = 0
    differs: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of two values: its facts by name, each with the other side's, "" where that is the same,
    and its numbers in rows, () where it has none to show. `text` is it in words.
    """

    text: str
    facts: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[tuple[Number, ...], ...] = ()
    is_row: bool = False


def sides(gap: Gap) -> tuple[Side, Side] | None:
    """What was expected and what came, None where one of them is not there."""
    if gap.expected is None or gap.actual is None:
        return None
    return _side(gap.expected, gap.actual), _side(gap.actual, gap.expected)


def alone(value: Shown) -> Side:
    """A value that is compared with nothing, such as an input."""
    return _side(value, value)


def _side(value: Shown, other: Shown) -> Side:
    rows = _rows(value.values)
    return Side(
        text=value.text,
        facts=_facts(value, other),
        rows=_numbers(rows, _rows(other.values)) if rows else (),
        is_row=bool(rows) and not isinstance(value.values[0], list),
    )


def _facts(value: Shown, other: Shown) -> tuple[tuple[str, str, str], ...]:
    if not value.dtype:
        return ()
    told = {
        "shape": (value.shape, other.shape),
        "dtype": (value.dtype, other.dtype),
        "device": (value.device, other.device),
    }
    # Beside a value that is not a tensor, no single fact is the difference.
    return tuple(
        (name, str(mine), str(theirs) if other.dtype and mine != theirs else "")
        for name, (mine, theirs) in told.items()
        if mine != ""
    )


def _rows(values: Any) -> list[list[Any]]:
    """The numbers of one axis or two, [] for anything else and for too many."""
    if not isinstance(values, list) or not values:
        return []
    rows = values if all(isinstance(row, list) for row in values) else [values]
    flat = [one for row in rows for one in row]
    even = len({len(row) for row in rows}) == 1
    plain = all(isinstance(one, (bool, int, float, str)) for one in flat)
    return rows if even and plain and 0 < len(flat) <= MOST_SHOWN else []


def _numbers(rows: list[list[Any]], others: list[list[Any]]) -> tuple[tuple[Number, ...], ...]:
    comparable = [len(row) for row in rows] == [len(row) for row in others]
    pairs = [
        list(zip(row, others[at] if comparable else row, strict=True))
        for at, row in enumerate(rows)
    ]
    sizes = [_size(one) for row in (*rows, *others) for one in row]
    known = [size for size in sizes if size is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return tuple(
        tuple(
            Number(
                text=_text(mine, theirs),
                shade=_shade(_size(mine), low, high),
                differs=_differ(mine, theirs),
            )
            for mine, theirs in row
        )
        for row in pairs
    )


def _size(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _shade(size: float | None, low: float, high: float) -> int:
    # Halves first: the distance of two finite numbers may be infinite.
    span = high / 2 - low / 2
    return 0 if size is None or not span else round((size / 2 - low / 2) / span * _SHADES)


def _differ(mine: Any, theirs: Any) -> bool:
    if _size(mine) is None or _size(theirs) is None:
        return str(mine) != str(theirs)
    return not math.isclose(mine, theirs, rel_tol=_REL, abs_tol=_ABS)


def _text(mine: Any, theirs: Any) -> str:
    """A number short enough for a table, with as many digits as tell it from the other's."""
    if not isinstance(mine, float):
        return str(mine)
    for digits in (4, 9):
        text = f"{mine:.{digits}g}"
        if not (_differ(mine, theirs) and isinstance(theirs, float)):
            break
        if text != f"{theirs:.{digits}g}":
            break
    return text
