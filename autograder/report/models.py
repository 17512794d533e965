"""The accuracy of trained models, where checks keep what tells it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.report.facts import Facts
from autograder.results import ExerciseResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Accuracy:
    """The accuracy of each trained model of an exercise, 0 to 1, the best first."""

    exercise: str
    values: tuple[float, ...]


def accuracies(facts: Facts) -> Iterator[Accuracy]:
    """Each exercise whose checks keep an accuracy, with those of the class."""
    for name in facts.exercises:
        answers = [one.answers.get(name) for one in facts.submissions]
        results = [one.result for one in answers if one is not None and one.result is not None]
        found = [_accuracy(result) for result in results]
        values = sorted((value for value in found if value is not None), reverse=True)
        if values:
            yield Accuracy(exercise=name, values=tuple(values))


def _accuracy(result: ExerciseResult) -> float | None:
    for check in result.checks:
        found = accuracy_in(check.kept)
        if found is not None:
            return found
    return None


def accuracy_in(kept: Mapping[str, Any]) -> float | None:
    """The accuracy that a check has kept: as `accuracy`, or read off its `confusion`."""
    given = kept.get("accuracy")
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1:
        return float(given)
    rows = kept.get("confusion")
    if not isinstance(rows, list) or not all(_is_row(row, len(rows)) for row in rows):
        return None
    total = math.fsum(math.fsum(row) for row in rows)
    right = math.fsum(row[place] for place, row in enumerate(rows))
    return right / total if total > 0 else None


def _is_row(row: Sequence[Any], size: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == size
        and all(isinstance(count, int | float) and count >= 0 for count in row)
    )
