"""The numbers of a report as tables: the page shows them, CSV and JSON hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from autograder.expect.printable import printable
from autograder.report.alike import in_words
from autograder.report.earlier import Changes
from autograder.report.facts import Facts, Submission
from autograder.report.findings import Finding
from autograder.report.numbers import Item, Numbers

Value = str | int | float | None
_NAME: Final = 60
Naming = Callable[[str], str]
"""Gives what a student is called in a report."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows under columns. `name` is for machines, `title` for people.

    `shares` are the columns whose values are shares of one, which people read as percent.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shares: tuple[str, ...] = ()

    def shown(self, column: str, value: Value) -> str:
        """A value as people read it."""
        if value is None:
            return "–"
        if isinstance(value, float):
            return (
                f"{value:.0%}" if column in self.shares else f"{value:.2f}".rstrip("0").rstrip(".")
            )
        return str(value)


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)


def ordered(facts: Facts) -> list[Submission]:
    """The submissions with the best total first."""
    return sorted(facts.submissions, key=lambda one: (-(one.share or 0.0), one.student))


def by_ease(numbers: Numbers) -> list[str]:
    """The exercises, those in which the class got most first."""
    items = sorted(
        numbers.exercises,
        key=lambda one: -1.0 if one.mean_share is None else -one.mean_share,
    )
    return [one.exercise for one in items]


def anonymous(submissions: Sequence[Submission]) -> Naming:
    """Names that say nothing: "student 1" has the best total."""
    numbers = {one.student: number for number, one in enumerate(submissions, 1)}
    return lambda student: f"student {numbers[student]}"


def by_name(student: str) -> str:
    return printable(student, _NAME)


# With a blank in each: an exercise may be called total.
_STUDENT: Final = ("student id", "total points", "of points", "late penalty", "waiting answers")


def students(
    facts: Facts, numbers: Numbers, naming: Naming = by_name, what: str = "exercise"
) -> Table:
    """One row a student, one column an exercise: points, None where a person has to give them."""
    exercises = by_ease(numbers)
    rows = []
    for one in ordered(facts):
        answers = [one.answers.get(name) for name in exercises]
        rows.append(
            (
                naming(one.student),
                _rounded(one.points, 2),
                _rounded(one.max_points, 2),
                _rounded(one.penalty, 2),
                one.waiting,
                *(None if found is None else _rounded(found.points, 2) for found in answers),
            )
        )
    return Table(
        name="students",
        title=f"Points of each student in each {what}",
        columns=(*_STUDENT, *exercises),
        rows=tuple(rows),
    )


def distribution(numbers: Numbers) -> Table:
    size = 100 // len(numbers.bins)
    names = [f"{size * place}% to {size * (place + 1)}%" for place in range(len(numbers.bins))]
    return Table(
        name="distribution",
        title="How many students have which share of the points",
        columns=("share of the points", "students"),
        rows=tuple(zip(names, numbers.bins, strict=True)),
    )


def _item(item: Item) -> tuple[Value, ...]:
    return (
        item.answers,
        item.full,
        item.lost,
        item.waiting,
        _rounded(item.full_share),
        _rounded(item.mean_share),
        _rounded(item.points_lost, 2),
        str(item.discrimination),
    )


_ITEM: Final = (
    *("answers", "full marks", "lost points", "waiting", "share of full marks", "mean share"),
    *("points lost", "discrimination"),
)
_ITEM_SHARES: Final = ("share of full marks", "mean share")


def exercises(numbers: Numbers, what: str = "exercise") -> Table:
    return Table(
        name=f"{what}s",
        title=f"{what.capitalize()}s, the hardest first",
        columns=(what, "graded", *_ITEM),
        rows=tuple(
            (one.exercise, "by hand" if one.by_hand else "by checks", *_item(one))
            for one in hardest_first(numbers.exercises)
        ),
        shares=_ITEM_SHARES,
    )


def checks(numbers: Numbers) -> Table:
    return Table(
        name="checks",
        title="Checks, the hardest first",
        columns=("exercise", "check", *_ITEM),
        rows=tuple((one.exercise, one.check, *_item(one)) for one in hardest_first(numbers.checks)),
        shares=_ITEM_SHARES,
    )


def hardest_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda one: 2.0 if one.mean_share is None else one.mean_share)


def misconceptions(numbers: Numbers) -> Table:
    return Table(
        name="misconceptions",
        title="Known mistakes that answers behave like",
        columns=("exercise", "mistake", "students", "what is wrong", "behaves the same", "file"),
        rows=tuple(
            (
                one.exercise,
                one.title,
                one.students,
                one.symptom,
                ", ".join(map(in_words, one.alike)),
                f"{one.name}.py",
            )
            for one in numbers.misconceptions
        ),
    )


def unnamed(numbers: Numbers) -> Table:
    return Table(
        name="unnamed",
        title="Wrong answers without a name, by what they do",
        columns=("group", "exercise", "students", "what is said of it", "file that names it"),
        rows=tuple(
            (one.number, one.exercise, one.students, one.says, one.file) for one in numbers.unnamed
        ),
    )


def promises(numbers: Numbers) -> Table:
    return Table(
        name="promise",
        title="Passed every visible check at home and lost points, as the notebooks were saved",
        columns=(
            "exercise",
            "passed all visible checks",
            "of them lost points",
            "share",
            "not known",
        ),
        rows=tuple(
            (one.exercise, one.passed, one.lost, _rounded(one.share), one.unknown)
            for one in numbers.promises
        ),
        shares=("share",),
    )


def models(numbers: Numbers) -> Table:
    return Table(
        name="models",
        title="Accuracy of the trained models, the best first",
        columns=("exercise", "place", "accuracy"),
        rows=tuple(
            (one.exercise, place, _rounded(value))
            for one in numbers.accuracies
            for place, value in enumerate(one.values, 1)
        ),
        shares=("accuracy",),
    )


def lateness(numbers: Numbers) -> Table:
    return Table(
        name="lateness",
        title="When it was handed in",
        columns=("handed in", "students"),
        rows=numbers.lateness,
    )


def limits(numbers: Numbers) -> Table:
    return Table(
        name="limits",
        title="Limits that were hit",
        columns=("where", "limit", "students"),
        rows=numbers.limits,
    )


def changes(found: Changes) -> Table:
    return Table(
        name="changes",
        title="What has changed since the last report",
        columns=("what", "last report", "now"),
        rows=tuple((one.what, one.before, one.now) for one in found.changes),
    )


def not_understood(findings: Iterable[Finding]) -> Table:
    return Table(
        name="not_understood",
        title="What the class has not understood, what cost it the most first",
        columns=("assignment", "exercise", "lost points", "of", "points lost", "why"),
        rows=tuple(
            (
                one.assignment,
                one.exercise,
                one.students,
                one.of,
                _rounded(one.points_lost, 2),
                one.why,
            )
            for one in findings
        ),
    )
