"""What is recorded of a class's hand-ins of an assignment: from record and gradebook."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from autograder.authoring.groups import Group, groups_of
from autograder.course.course import Course
from autograder.diagnosis.answers import mistakes_of
from autograder.errors import KitError
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.class_points import AnswerPoints, ClassPoints, class_points
from autograder.nbgrader_bridge.gradebook import Total, totals
from autograder.nbgrader_bridge.record import Record
from autograder.results import CellResult, ExerciseResult, Report

_SHORTEST_NAME = 3
_MOST_CODE = 20_000


class NothingGraded(KitError):
    """There is nothing yet that a report could tell of."""

    exit_code = 1


class When(StrEnum):
    """When something was handed in, beside its due date."""

    ON_TIME = "on time"
    LATE = "late"
    NO_DUE_DATE = "no due date"
    UNKNOWN = "time not known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One student's answer to an exercise.

    `points` are the gradebook's, None where a person still has to give them; `result` is what the
    checks found, None of an answer that is graded by hand. `left_open`: it is as it was released.
    `visible` says what the notebook claims of its visible checks, None where it claims nothing.
    """

    points: float | None
    max_points: float
    result: ExerciseResult | None = None
    code: str = ""
    left_open: bool = False
    visible: bool | None = None

    @property
    def share(self) -> float | None:
        """What was earned of what there is, 0 to 1; None where that is not known."""
        if self.points is None or self.max_points <= 0:
            return None
        return min(max(self.points / self.max_points, 0.0), 1.0)

    @property
    def lost(self) -> float:
        """The points that it did not get."""
        return 0.0 if self.points is None else max(self.max_points - self.points, 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """One student's graded hand-in. `points` and `max_points` are the gradebook's totals, with late
    penalties, without what nobody has read; `waiting` is how many answers wait for a person.
    """

    student: str
    answers: Mapping[str, Answer]
    points: float
    max_points: float
    penalty: float = 0.0
    waiting: int = 0
    late_s: float = 0.0
    when: When = When.UNKNOWN
    cells: tuple[CellResult, ...] = ()

    @property
    def share(self) -> float | None:
        return None if self.max_points <= 0 else min(max(self.points / self.max_points, 0.0), 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """An assignment of a class. `exercises` are in the assignment's order, those graded by hand
    last; `not_graded` counts hand-ins without any result, `silent` students of the gradebook who
    handed in nothing. `groups` are wrong answers without a name, as `autograder groups` has them;
    `symptoms` say of known mistakes, by name, what is wrong.
    """

    assignment: str
    exercises: tuple[str, ...]
    submissions: tuple[Submission, ...]
    groups: tuple[Group, ...] = ()
    not_graded: int = 0
    silent: int = 0
    due: datetime | None = None
    symptoms: Mapping[str, str] = field(default_factory=dict)


def facts_of(course: Course, assignment: str, seen: Callable[[], None] = lambda: None) -> Facts:
    """The facts of an assignment; `seen` is called for each submission.

    Raises UnknownName, GradebookUnusable, and NothingGraded where nothing is recorded.
    """
    course.require_assignment(assignment)
    record = Record(course, assignment)
    students = record.students()
    marked = {}
    for student in students:
        result = record.result(student)
        if result is not None:
            marked[student] = _slim(result)
        seen()
    if not marked:
        raise NothingGraded(
            f"Nothing of {assignment} is graded yet, so there is nothing to report.",
            "Grade it first.",
            f"autograder grade {assignment}",
        )
    points = class_points(course.db_url, assignment)
    in_all = totals(course.db_url, assignment)
    exercises = _exercises(marked, points)
    at_hand = {student: one.report for student, one in marked.items()}
    return Facts(
        assignment=assignment,
        exercises=exercises,
        submissions=tuple(
            _submission(student, one, points, in_all.get(student), exercises)
            for student, one in marked.items()
        ),
        groups=tuple(groups_of(course, assignment, at_hand)),
        not_graded=len(set(course.submitted(assignment)) - marked.keys()),
        silent=len(points.names.keys() - points.answers.keys() - marked.keys()),
        due=points.due,
        symptoms=_symptoms(course, assignment, exercises),
    )


def _symptoms(course: Course, assignment: str, exercises: Sequence[str]) -> dict[str, str]:
    """What known mistakes do wrong, in the words of their files; `autograder verify` says which
    files cannot be read.
    """
    found = {}
    for exercise in exercises:
        with contextlib.suppress(KitError, OSError, ValueError):
            answers = mistakes_of(course.checks_folder(assignment), exercise)
            found.update({answer.name: answer.symptom for answer in answers})
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Slim:
    """What a report needs of a marked submission: the notebook itself is not kept."""

    report: Report
    codes: Mapping[str, str]
    unanswered: Mapping[str, bool]
    visible: Mapping[str, bool]


def _slim(marked: Marked) -> _Slim:
    lost = {one.exercise for one in marked.report.exercises if one.points < one.max_points}
    return _Slim(
        report=marked.report,
        codes=_codes(marked.notebook, lost) if lost else {},
        unanswered=marked.unanswered,
        visible=marked.visible,
    )


def _codes(notebook: str, wanted: set[str]) -> dict[str, str]:
    """The sources of these cells, as the student wrote them."""
    try:
        cells = json.loads(notebook)["cells"]
        return {name: code for name, code in map(_named_source, cells) if name in wanted}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _named_source(cell: Mapping[str, Any]) -> tuple[str, str]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    return str(name), text[:_MOST_CODE]


def _exercises(marked: Mapping[str, _Slim], points: ClassPoints) -> tuple[str, ...]:
    by_checks = [one.exercise for slim in marked.values() for one in slim.report.exercises]
    by_hand = sorted(name for student in marked for name in points.answers.get(student, ()))
    return tuple(dict.fromkeys([*by_checks, *by_hand]))


def _submission(
    student: str,
    slim: _Slim,
    points: ClassPoints,
    total: Total | None,
    exercises: Sequence[str],
) -> Submission:
    report = slim.report
    given = points.answers.get(student, {})
    results = {one.exercise: one for one in report.exercises}
    names = (student, *points.names.get(student, ()))
    found = {
        name: _answer(name, results.get(name), given.get(name), slim, names) for name in exercises
    }
    answers = {name: answer for name, answer in found.items() if answer is not None}
    one = Submission(
        student=student,
        answers=answers,
        points=report.points,
        max_points=report.max_points,
        cells=report.cells,
    )
    if total is None:
        return one
    return dataclasses.replace(
        one,
        points=total.points,
        max_points=total.max_points,
        penalty=total.penalty,
        waiting=total.waiting,
        late_s=total.late_s,
        when=_when(total, points.due, points.handed_in.get(student)),
    )


def _when(total: Total, due: datetime | None, handed_in: datetime | None) -> When:
    if due is None:
        return When.NO_DUE_DATE
    if handed_in is None:
        return When.UNKNOWN
    return When.LATE if total.late_s > 0 else When.ON_TIME


def _answer(
    name: str,
    result: ExerciseResult | None,
    given: AnswerPoints | None,
    slim: _Slim,
    names: Sequence[str],
) -> Answer | None:
    if result is None and given is None:
        return None
    if given is None and result is not None:
        points = None if result.undecided else result.points
        given = AnswerPoints(points=points, max_points=result.max_points)
    assert given is not None
    return Answer(
        points=given.points,
        max_points=given.max_points,
        result=result,
        code=without_names(slim.codes.get(name, ""), names),
        left_open=bool(slim.unanswered.get(name)),
        visible=slim.visible.get(name),
    )


def without_names(text: str, names: Sequence[str]) -> str:
    """Code with "…" in the place of a student's names, where these stand as words.

    Somebody is called Max: what is called or an attribute stays.
    """
    told = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len, reverse=True)
    if not told or not text:
        return text
    pattern = "|".join(re.escape(name) for name in told)
    return re.sub(rf"(?<![^\W_])(?<!\.)({pattern})(?![^\W_])(?!\()", "…", text, flags=re.IGNORECASE)
