"""Wrong answers of a class that no known mistake explains, grouped by what they do.

An instructor names a group by adding a file to `mistakes/`: from then on it is a rule of diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import nbformat

from autograder.course.course import CHECKS_FILE, Course
from autograder.diagnosis.matching import is_wrong, same
from autograder.errors import UnknownName
from autograder.hand_in.cells import grade_id
from autograder.nbgrader_bridge.record import Record
from autograder.results import CheckResult, ExerciseResult, Reader, Report, read


@dataclass(frozen=True, kw_only=True)
class Group:
    """Students whose answers to an exercise do the same wrong thing; `result` is the first's."""

    exercise: str
    students: tuple[str, ...]
    result: ExerciseResult

    def file_in(self, assignment: str) -> str:
        """The file that would make it a known mistake."""
        return f"tests/hidden/{assignment}/mistakes/{self.exercise}/NAME.py"

    @property
    def says(self) -> str:
        """What the first check that was lost says, to a TA."""
        lost: CheckResult = next(c for c in self.result.checks if c.credit < 1)
        first = next(iter(lost.said_to(Reader.TA)), lost.outcome.value)
        return f"{lost.check.title}: {first}"


def groups_of(
    course: Course, assignment: str, at_hand: Mapping[str, Report] | None = None
) -> list[Group]:
    """The groups of an assignment, the largest first. Reads what grading left, runs nothing.

    `at_hand` are reports, by student, that need not be read any more.
    """
    record = Record(course, assignment)
    # Of one round each: others are asked other inputs.
    found: dict[int, list[tuple[ExerciseResult, list[str]]]] = {}
    for student, report in _reports(course, assignment, at_hand or {}):
        newest = record.history(student).newest
        of_round = found.setdefault(newest.number if newest else 1, [])
        for result in report.exercises:
            named = result.diagnosis is not None and result.diagnosis.mistakes
            if not named and is_wrong(result):
                _join(of_round, result, student)
    groups = [
        Group(exercise=result.exercise, students=tuple(students), result=result)
        for of_round in found.values()
        for result, students in of_round
    ]
    return sorted(groups, key=lambda group: (-len(group.students), group.exercise, group.students))


def _join(found: list[tuple[ExerciseResult, list[str]]], result: ExerciseResult, who: str) -> None:
    for known, students in found:
        if known.exercise == result.exercise and same(known.checks, result.checks):
            students.append(who)
            return
    found.append((result, [who]))


def _reports(
    course: Course, assignment: str, at_hand: Mapping[str, Report]
) -> Iterator[tuple[str, Report]]:
    for student in course.submitted(course.require_assignment(assignment)):
        if student in at_hand:
            yield student, at_hand[student]
            continue
        try:
            yield student, read(course.folder("autograded", student, assignment) / CHECKS_FILE)
        except (OSError, ValueError):
            continue  # not graded yet, or graded by another version: nothing to group


def code_of(course: Course, assignment: str, groups: list[Group], number: int) -> str:
    """The answer of a group's first student. `number` counts from 1; raises UnknownName."""
    if not 1 <= number <= len(groups):
        known = [str(n) for n in range(1, len(groups) + 1)]
        raise UnknownName("group", str(number), known)
    group = groups[number - 1]
    path = course.folder("autograded", group.students[0], assignment) / f"{assignment}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        if grade_id(cell) == group.exercise:
            return str(cell.source)
    return ""
