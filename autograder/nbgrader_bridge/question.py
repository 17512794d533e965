"""One question of an assignment in the gradebook: what everybody was given for it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, SubmittedAssignment

from autograder.nbgrader_bridge.gradebook import (
    is_to_come,
    of_assignment,
    one_transaction,
    opened,
    recorded_answers,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a student has for an answer: nbgrader's manual score and manual comment.

    `points` are None where a person gave none. `waits` says that a person has to look, `answer`
    which answer the grade is of.
    """

    points: float | None
    comment: str
    waits: bool
    max_points: float
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Giving:
    """A manual score and comment to write. `settles`: after it nobody has to look any more, unless
    there are no points of any kind.
    """

    points: float | None
    comment: str
    settles: bool = True


def given_for(db_url: str, assignment: str, question: str) -> dict[str, Given]:
    """What each student who has an entry was given for a question; makes no gradebook."""
    if is_to_come(db_url):
        return {}
    with opened(db_url) as gradebook:
        grades = _cells(gradebook, Grade, assignment, question)
        comments = _cells(gradebook, Comment, assignment, question)
        answers = recorded_answers(gradebook, [grade.id for grade in grades.values()])
        return {
            student: Given(
                points=grade.manual_score,
                comment=_comment(comments.get(student)),
                waits=bool(grade.needs_manual_grade),
                max_points=float(grade.max_score),
                answer=answers.get(grade.id, ""),
            )
            for student, grade in grades.items()
        }


def give(db_url: str, assignment: str, question: str, givings: Mapping[str, Giving]) -> None:
    """Writes scores and comments by student, all of them or none, as Formgrader does."""
    with opened(db_url) as gradebook, one_transaction(gradebook):
        grades = _cells(gradebook, Grade, assignment, question)
        comments = _cells(gradebook, Comment, assignment, question)
        for student, giving in givings.items():
            grade = grades[student]
            grade.manual_score = giving.points
            if giving.settles:
                grade.needs_manual_grade = giving.points is None and grade.auto_score is None
            if student in comments:
                comments[student].manual_comment = giving.comment or None


def _cells(
    gradebook: Gradebook, kind: type[Grade] | type[Comment], assignment: str, question: str
) -> dict[str, Any]:
    """The entries of a question by student."""
    query = gradebook.db.query(SubmittedAssignment.student_id, kind)
    rows = (
        of_assignment(query, kind, assignment)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .filter(BaseCell.name == question)
    )
    return dict(map(tuple, rows.all()))


def _comment(comment: Any) -> str:
    return "" if comment is None else (comment.manual_comment or "").strip()
