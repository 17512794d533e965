"""Released grades that stand although grading anew gave fewer points: somebody has to decide."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course.course import Course
from autograder.feedback.moved import Moved
from autograder.nbgrader_bridge.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldGrade:
    """A student's grade that was held: points by checks `before`, which stand, and those that
    grading anew gave `now`, at the moment `graded` and by the command `by`; `moved` are the
    exercises with other points, and why.
    """

    student: str
    before: float
    now: float
    max_points: float
    graded: str
    by: str
    moved: tuple[Moved, ...] = ()


def held_grades(course: Course, assignment: str) -> tuple[HeldGrade, ...]:
    """The held grades of an assignment, by student. Raises UnknownName."""
    record = Record(course, course.require_assignment(assignment))
    found = []
    for student in sorted(record.students()):
        held = record.history(student).held
        if held is not None:
            found.append(
                HeldGrade(
                    student=student,
                    before=held.before,
                    now=held.entry.points,
                    max_points=held.entry.max_points,
                    graded=held.entry.graded,
                    by=held.entry.by,
                    moved=held.moved,
                )
            )
    return tuple(found)
