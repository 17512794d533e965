"""The accuracy of trained models, where checks keep what tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.report.facts import Facts
from autograder.results import ExerciseResult, accuracy_in


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
