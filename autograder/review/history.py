"""The history of a grade: each grading with its reason, and what people have given since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from autograder.course.course import Course
from autograder.errors import UnknownName
from autograder.nbgrader_bridge.by_hand import ByHand, given_by_hand
from autograder.nbgrader_bridge.record import Entry, Held, Record, graded_file_of
from autograder.nbgrader_bridge.requests import Request, Requests

_VERSION_NAMES = {"code": "the kit", "torch": "PyTorch", "python": "Python"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Grading:
    """One grading: when, by which command, why, of which file, with which points by checks."""

    graded: str
    by: str
    why: str
    number: int
    file: str
    points: float
    max_points: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GradeHistory:
    """All that is known of how a grade came about. `problem` says why the last try gave none;
    `held` is a grading anew in whose place the released result stands, `requests` are the
    student's questions.
    """

    student: str
    assignment: str
    gradings: tuple[Grading, ...]
    by_hand: tuple[ByHand, ...]
    released: str = ""
    problem: str = ""
    held: Held | None = None
    requests: tuple[Request, ...] = ()


def grade_history(course: Course, assignment: str, student: str) -> GradeHistory:
    """The history of a student's grade. Raises UnknownName for one who was never graded."""
    record = Record(course, course.require_assignment(assignment))
    history = record.history(student)
    if not history.entries and not history.problem:
        raise UnknownName("result", student, record.students(), f"the record of {assignment}")
    first = [_grading(entry, "first grading") for entry in history.entries[:1]]
    later = [_grading(now, _why(before, now)) for before, now in pairwise(history.entries)]
    return GradeHistory(
        student=student,
        assignment=assignment,
        gradings=(*first, *later),
        by_hand=tuple(given_by_hand(course.db_url, assignment, student)),
        released=history.released,
        problem=history.problem,
        held=history.held,
        requests=Requests(course, assignment).of(student),
    )


def _grading(entry: Entry, why: str) -> Grading:
    return Grading(
        graded=entry.graded,
        by=entry.by,
        why=why,
        number=entry.number,
        file=graded_file_of(entry),
        points=entry.points,
        max_points=entry.max_points,
    )


def _why(before: Entry, now: Entry) -> str:
    """What was another than at the grading before."""
    reasons = []
    if now.content != before.content:
        reasons.append("another hand-in")
    if now.number != before.number:
        reasons.append(f"round {now.number}")
    if now.packed != before.packed and now.number == before.number:
        reasons.append("checks, points or settings have changed")
    names = {*before.versions, *now.versions}
    changed = sorted(n for n in names if before.versions.get(n) != now.versions.get(n))
    if changed:
        said = [_VERSION_NAMES.get(name, name) for name in changed]
        reasons.append(f"another version of {', '.join(said)}")
    if now.shown != before.shown:
        reasons.append("hints have changed")
    return "; ".join(reasons) or "graded anew"
