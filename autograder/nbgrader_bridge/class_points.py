"""What the gradebook says of a whole class, answer by answer: for reports, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment

from autograder.hand_in.cells import exercise_of
from autograder.nbgrader_bridge.gradebook import of_assignment, opened
from autograder.nbgrader_bridge.roster import people


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPoints:
    """What an answer has earned, by checks or by a person: None where a person still has to say."""

    points: float | None
    max_points: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassPoints:
    """By student: the points of each answer, by the exercise's name, and when it was handed in,
    which is None where nobody noted it. `due` is the due date, `names` is everybody in the
    gradebook with the words of their first and last names.
    """

    answers: Mapping[str, Mapping[str, AnswerPoints]] = field(default_factory=dict)
    handed_in: Mapping[str, datetime | None] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due: datetime | None = None


def class_points(db_url: str, assignment: str) -> ClassPoints:
    """The points of all answers to an assignment; raises GradebookUnusable."""
    with opened(db_url) as gradebook:
        query = gradebook.db.query
        wanted = query(
            *(SubmittedAssignment.student_id, BaseCell.name, Grade.max_score),
            *(Grade.auto_score, Grade.manual_score, Grade.extra_credit),
        )
        of_cells = of_assignment(wanted, Grade, assignment)
        grades = of_cells.join(BaseCell, Grade.cell_id == BaseCell.id).all()
        times = (
            query(SubmittedAssignment.student_id, SubmittedAssignment.timestamp)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
            .all()
        )
        due = query(Assignment.duedate).filter(Assignment.name == assignment).scalar()
    answers: dict[str, dict[str, AnswerPoints]] = {}
    for student, cell, worth, by_checks, by_hand, extra in grades:
        of = answers.setdefault(student, {})
        of[exercise_of(cell)] = _points(worth, by_checks, by_hand, extra)
    return ClassPoints(
        answers=answers,
        handed_in=dict(map(tuple, times)),
        names={who: tuple(one.name.split()) for who, one in people(db_url).items()},
        due=due,
    )


def _points(
    worth: float, by_checks: float | None, by_hand: float | None, extra: float | None
) -> AnswerPoints:
    found = by_hand if by_hand is not None else by_checks
    earned = None if found is None else float(found) + float(extra or 0.0)
    return AnswerPoints(points=earned, max_points=float(worth or 0.0))
