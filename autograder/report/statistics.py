"""The few statistics that a report needs: shares, quartiles, how an item tells apart."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# A correlation of fewer students than this says more about chance than about an exercise.
FEWEST: Final = 10
TOO_FEW: Final = "too few"
ALL_ALIKE: Final = "all alike"


@dataclass(frozen=True, kw_only=True, slots=True)
class Discrimination:
    """The corrected item-total correlation: between an item and the rest of the points, -1 to 1.

    `value` is None where it cannot be told, and `why` says why.
    """

    value: float | None
    why: str = ""

    def __str__(self) -> str:
        return self.why if self.value is None else f"{self.value:.2f}"


def discrimination(item: Sequence[float], rest: Sequence[float]) -> Discrimination:
    """How an item goes with the rest of the points, student by student."""
    if len(item) < FEWEST:
        return Discrimination(value=None, why=TOO_FEW)
    try:
        return Discrimination(value=statistics.correlation(item, rest))
    except statistics.StatisticsError:
        return Discrimination(value=None, why=ALL_ALIKE)


def mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
    """A quarter, a half and three quarters of the values lie at or below these."""
    if not values:
        return None
    if len(values) == 1:
        return (values[0],) * 3
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def binned(values: Sequence[float], bins: int = 10) -> list[int]:
    """How many of the values, each 0 to 1, lie in each of so many parts; 1 is in the last."""
    counts = [0] * bins
    for value in values:
        # 0.7 / 0.1 is 6.999…: what stands on a border belongs above it.
        counts[min(int(value * bins + 1e-9), bins - 1)] += 1
    return counts
