"""From measured accuracies to thresholds: how often each would take points from right answers and
give points to mistakes.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from autograder.authoring.calibration import MISTAKE, Sample
from autograder.authoring.chance import exponential_tail, normal_tail

# Even by an exponential tail one right answer in 2,000 then loses: docs/checks.md.
_DEVIATIONS: Final = 5
# The least way from the first point to full marks, and the way where no mistake says which.
_LEAST_WAY, _WAY = 0.05, 0.15


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """Up to `minimum` an accuracy earns nothing, from `full` on everything; shares of 1."""

    minimum: float
    full: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """The accuracies of an answer, the lowest first; `unread` trainings left no model to read."""

    answer: str
    kind: str
    values: tuple[float, ...]
    unread: int

    @property
    def is_right(self) -> bool:
        return self.kind != MISTAKE

    @property
    def count(self) -> int:
        return len(self.values) + self.unread

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)

    @property
    def sd(self) -> float:
        """The standard deviation; 0 of fewer than two values."""
        return statistics.stdev(self.values) if len(self.values) > 1 else 0.0

    def reaching(self, full: float) -> int:
        """How many trainings get full marks from here on."""
        return sum(value >= full for value in self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How often something goes wrong: counted in all trainings, and by two curves, for the answer
    for which it is likeliest.
    """

    wrong: int
    count: int
    normal: float
    exponential: float
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """What thresholds cost: right answers that lose points, mistakes that get full marks or any."""

    right_lose: Rate
    mistakes_full: Rate
    mistakes_any: Rate


def spreads(samples: Sequence[Sample]) -> list[Spread]:
    """The samples by answer, in the order in which they come."""
    by_answer = dict[tuple[str, str], list[float | None]]()
    for one in samples:
        by_answer.setdefault((one.answer, one.kind), []).append(one.accuracy)
    return [
        Spread(
            answer=answer,
            kind=kind,
            values=tuple(sorted(value for value in found if value is not None)),
            unread=sum(value is None for value in found),
        )
        for (answer, kind), found in by_answer.items()
    ]


def proposed(found: Sequence[Spread]) -> Thresholds | None:
    """Full marks five deviations below each right answer's mean; the first point five above that
    of each mistake, but at least 5 percentage points below full marks. In whole percents.

    A mistake with a mean above that is not what an accuracy can tell: it is left out. None where no
    right answer has two trainings, or where they are too poor for thresholds.
    """
    right = [one for one in found if one.is_right and len(one.values) > 1]
    if not right:
        return None
    full = math.floor(100 * min(one.mean - _DEVIATIONS * one.sd for one in right)) / 100
    most = round(full - _LEAST_WAY, 2)
    if most <= 0:
        return None
    above = [
        math.ceil(100 * (one.mean + _DEVIATIONS * one.sd)) / 100
        for one in found
        if not one.is_right and one.values and one.mean < most
    ]
    minimum = min(max(above, default=round(full - _WAY, 2)), most)
    return Thresholds(minimum=max(minimum, 0.0), full=full)


def rates(found: Sequence[Spread], thresholds: Thresholds) -> Rates:
    """What these thresholds would cost. An answer without a model earns nothing."""
    right = [one for one in found if one.is_right]
    wrong = [one for one in found if not one.is_right]
    minimum, full = thresholds.minimum, thresholds.full
    return Rates(
        right_lose=_rate(right, sum(one.count - one.reaching(full) for one in right), full, 1),
        mistakes_full=_rate(wrong, sum(one.reaching(full) for one in wrong), full, -1),
        mistakes_any=_rate(
            wrong, sum(value > minimum for one in wrong for value in one.values), minimum, -1
        ),
    )


def _rate(found: Sequence[Spread], wrong: int, edge: float, side: int) -> Rate:
    """`side` is 1 where accuracies below the edge go wrong, -1 for those above."""
    read = [one for one in found if one.values]
    tails = list(_tails(read, edge, side))
    normal, exponential, answer = max(tails, key=lambda one: one[1], default=(0.0, 0.0, ""))
    return Rate(
        wrong=wrong,
        count=sum(one.count for one in found),
        normal=normal,
        exponential=exponential,
        answer=answer,
    )


def _tails(found: Sequence[Spread], edge: float, side: int) -> Iterator[tuple[float, float, str]]:
    for one in found:
        distance = side * (one.mean - edge)
        yield normal_tail(distance, one.sd), exponential_tail(distance, one.sd), one.answer
