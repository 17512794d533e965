"""A class in numbers: what the facts of an assignment come to. Plain arithmetic, no names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from autograder.expect.printable import printable
from autograder.report.alike import Misconception, Unnamed, misconceptions, unnamed
from autograder.report.facts import Answer, Facts, Submission, When
from autograder.report.models import Accuracy, accuracies
from autograder.report.statistics import Discrimination, binned, discrimination, mean, quartiles
from autograder.results import CellResult, CheckResult, ExerciseResult, Outcome

_LIMITS: Final = {Outcome.TIMEOUT: "time limit", Outcome.DIED: "the kernel ended"}
_CELL_LIMITS: Final = {"timeout": "time limit", "died": "the kernel ended"}
_LATENESS: Final = ((3600.0, "up to 1 hour late"), (86_400.0, "up to 1 day late"))
_LATENESS_MORE: Final = ((259_200.0, "up to 3 days late"), (math.inf, "more than 3 days late"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An exercise or a check, and how the class did. `check` is "" of an exercise.

    Of `answers` that have points, `full` got all of them and `lost` did not; `mean_share` is the
    mean of what was earned, 0 to 1.
    """

    exercise: str
    check: str = ""
    by_hand: bool = False
    answers: int = 0
    full: int = 0
    waiting: int = 0
    mean_share: float | None = None
    points_lost: float = 0.0
    discrimination: Discrimination

    @property
    def lost(self) -> int:
        return self.answers - self.full

    @property
    def full_share(self) -> float | None:
        return self.full / self.answers if self.answers else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """Of the answers whose visible checks ended well at home, how many lost points all the same."""

    exercise: str
    passed: int
    lost: int
    unknown: int

    @property
    def share(self) -> float | None:
        return self.lost / self.passed if self.passed else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """An assignment of a class in numbers. Counts are of students."""

    assignment: str
    graded: int
    not_graded: int
    silent: int
    waiting: int
    max_points: float
    bins: tuple[int, ...]
    quartiles: tuple[float, float, float] | None
    mean_share: float | None
    exercises: tuple[Item, ...]
    checks: tuple[Item, ...]
    misconceptions: tuple[Misconception, ...]
    unnamed: tuple[Unnamed, ...]
    left_open: Mapping[str, int]
    limits: tuple[tuple[str, str, int], ...]
    lateness: tuple[tuple[str, int], ...]
    penalties: float
    promises: tuple[Promise, ...]
    accuracies: tuple[Accuracy, ...]

    def of_exercise(self, name: str) -> Item:
        return next(item for item in self.exercises if item.exercise == name)


def numbers_of(facts: Facts) -> Numbers:
    """The numbers of an assignment."""
    shares = [one.share for one in facts.submissions if one.share is not None]
    return Numbers(
        assignment=facts.assignment,
        graded=len(facts.submissions),
        not_graded=facts.not_graded,
        silent=facts.silent,
        waiting=sum(one.waiting > 0 for one in facts.submissions),
        max_points=max((_worth(one) for one in facts.submissions), default=0.0),
        bins=tuple(binned(shares)),
        quartiles=quartiles(shares),
        mean_share=mean(shares),
        exercises=tuple(_exercise(name, facts) for name in facts.exercises),
        checks=tuple(_checks(facts)),
        misconceptions=tuple(misconceptions(facts)),
        unnamed=tuple(unnamed(facts)),
        left_open={
            name: sum(one.left_open and one.lost > 0 for one in _answers(facts, name))
            for name in facts.exercises
        },
        limits=tuple(_limits(facts)),
        lateness=tuple(_lateness(facts)),
        penalties=math.fsum(one.penalty for one in facts.submissions),
        promises=tuple(_promise(name, facts) for name in facts.exercises),
        accuracies=tuple(accuracies(facts)),
    )


def _worth(one: Submission) -> float:
    return math.fsum(answer.max_points for answer in one.answers.values())


def _answers(facts: Facts, exercise: str) -> list[Answer]:
    return [one.answers[exercise] for one in facts.submissions if exercise in one.answers]


def _earned(one: Submission) -> float:
    """All points before penalties."""
    return math.fsum(answer.points or 0.0 for answer in one.answers.values())


def _exercise(name: str, facts: Facts) -> Item:
    pairs = [(one.answers[name], one) for one in facts.submissions if name in one.answers]
    graded = [(answer, one) for answer, one in pairs if answer.share is not None]
    shares = [answer.share or 0.0 for answer, _ in graded]
    rest = [_earned(one) - (answer.points or 0.0) for answer, one in graded]
    return Item(
        exercise=name,
        by_hand=all(answer.result is None for answer, _ in pairs),
        answers=len(graded),
        full=sum(share >= 1 for share in shares),
        waiting=len(pairs) - len(graded),
        mean_share=mean(shares),
        points_lost=math.fsum(answer.lost for answer, _ in graded),
        discrimination=discrimination(shares, rest),
    )


def _checks(facts: Facts) -> Iterator[Item]:
    found: dict[tuple[str, str], list[tuple[CheckResult, ExerciseResult, Submission]]] = {}
    for one in facts.submissions:
        for name, answer in one.answers.items():
            for check in answer.result.checks if answer.result is not None else ():
                assert answer.result is not None
                found.setdefault((name, check.check.title), []).append((check, answer.result, one))
    for (name, title), results in found.items():
        decided = [one for one in results if one[0].outcome is not Outcome.UNDECIDED]
        credits = [check.credit for check, _, _ in decided]
        worths = [_worth_of(check, result) for check, result, _ in decided]
        rest = [
            _earned(one) - check.credit * worth
            for (check, _, one), worth in zip(decided, worths, strict=True)
        ]
        yield Item(
            exercise=name,
            check=title,
            answers=len(decided),
            full=sum(credit >= 1 for credit in credits),
            waiting=len(results) - len(decided),
            mean_share=mean(credits),
            points_lost=math.fsum(
                (1 - credit) * worth for credit, worth in zip(credits, worths, strict=True)
            ),
            discrimination=discrimination(credits, rest),
        )


def _worth_of(check: CheckResult, result: ExerciseResult) -> float:
    """What a check is worth of its exercise's points."""
    total = math.fsum(other.check.weight for other in result.checks)
    return result.max_points * check.check.weight / total if total > 0 else 0.0


def _limits(facts: Facts) -> Iterator[tuple[str, str, int]]:
    """Where, which limit, how many students: in cells of the notebook, and while checks ran."""
    found: Counter[tuple[str, str]] = Counter()
    for one in facts.submissions:
        hit = {
            (f"cell {cell.name}" if not cell.name.startswith("cell ") else cell.name, _why(cell))
            for cell in one.cells
            if cell.status in _CELL_LIMITS
        }
        for name, answer in one.answers.items():
            for check in answer.result.checks if answer.result is not None else ():
                if check.outcome in _LIMITS:
                    hit.add((f"checks of {name}", _LIMITS[check.outcome]))
        found.update(hit)
    for (place, what), students in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield place, what, students


def _why(cell: CellResult) -> str:
    why = printable(cell.why, 120)
    return why or _CELL_LIMITS[cell.status]


def _lateness(facts: Facts) -> Iterator[tuple[str, int]]:
    counts = Counter(one.when for one in facts.submissions)
    yield When.ON_TIME.value, counts[When.ON_TIME]
    late = [one.late_s for one in facts.submissions if one.when is When.LATE]
    above = 0.0
    for limit, words in (*_LATENESS, *_LATENESS_MORE):
        yield words, sum(above < seconds <= limit for seconds in late)
        above = limit
    for when in (When.UNKNOWN, When.NO_DUE_DATE):
        if counts[when]:
            yield when.value, counts[when]


def _promise(name: str, facts: Facts) -> Promise:
    answers = [one for one in _answers(facts, name) if one.result is not None]
    decided = [one for one in answers if one.result is not None and not one.result.undecided]
    passed = [one.result for one in decided if one.visible and one.result is not None]
    return Promise(
        exercise=name,
        passed=len(passed),
        lost=sum(result.points < result.max_points for result in passed),
        unknown=sum(one.visible is None for one in decided),
    )
