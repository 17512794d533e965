"""What feedback pages take from the gradebook: points and who gave them, comments, times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import func

from autograder.nbgrader_bridge.gradebook import of_assignment, opened, seconds_late

_OF_GRADE = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade", "max_score")
_OF_COMMENT = ("auto_comment", "manual_comment")


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """One graded cell of a submission: the points of its checks and those that a person gave, None
    where there are none; `waits` says that a person has to look at it.
    """

    max_points: float
    by_checks: float | None
    by_hand: float | None
    extra: float
    waits: bool

    @property
    def points(self) -> float | None:
        """Its points, None where nobody has given any yet."""
        if self.by_hand is None and (self.waits or self.by_checks is None):
            return None
        given = self.by_checks if self.by_hand is None else self.by_hand
        return (given or 0.0) + self.extra


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPage:
    """A submission in the gradebook. `grades` and `comments` are by grade_id; of a comment the
    first is what grading wrote, the second what a person did. `due` is with the extension.
    """

    grades: Mapping[str, Graded] = field(default_factory=dict)
    comments: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    penalty: float = 0.0
    handed_in: datetime | None = None
    due: datetime | None = None
    late_s: float = 0.0


def on_page(db_url: str, assignment: str, student: str) -> OnPage:
    """What the gradebook holds of a submission."""
    submission, notebook = SubmittedAssignment, SubmittedNotebook
    times = (submission.timestamp, submission.extension, Assignment.duedate)
    with opened(db_url) as gradebook:

        def cells(kind: Any, names: tuple[str, ...]) -> list[Any]:
            query = gradebook.db.query(BaseCell.name, *(getattr(kind, name) for name in names))
            query = of_assignment(query, kind, assignment)
            query = query.join(BaseCell, kind.cell_id == BaseCell.id)
            return list(query.filter(submission.student_id == student).all())

        graded, comments = cells(Grade, _OF_GRADE), cells(Comment, _OF_COMMENT)
        row = (
            gradebook.db.query(*times, func.sum(notebook.late_submission_penalty))
            .select_from(submission)
            .join(Assignment, submission.assignment_id == Assignment.id)
            .join(notebook, notebook.assignment_id == submission.id)
            .filter(Assignment.name == assignment, submission.student_id == student)
            .group_by(submission.id, *times)
            .one_or_none()
        )
    handed_in, extension, due, penalty = row or (None, None, None, None)
    return OnPage(
        grades={name: _graded(values) for name, *values in graded},
        comments={name: (auto or "", manual or "") for name, auto, manual in comments},
        penalty=round(float(penalty or 0.0), 2),
        handed_in=_utc(handed_in),
        due=_extended(due, extension),
        late_s=seconds_late(handed_in, due, extension),
    )


def _graded(values: list[Any]) -> Graded:
    by_checks, by_hand, extra, waits, worth = values
    return Graded(
        max_points=float(worth),
        by_checks=by_checks,
        by_hand=by_hand,
        extra=extra or 0.0,
        waits=bool(waits),
    )


def _utc(moment: datetime | None) -> datetime | None:
    # nbgrader's times are UTC and do not say so.
    return None if moment is None else moment.replace(tzinfo=UTC)


def _extended(due: datetime | None, extension: timedelta | None) -> datetime | None:
    return _utc(due and due + (extension or timedelta()))


def last_due(db_url: str, assignment: str) -> datetime | None:
    """When it is due for the last of all, extensions included; None where there is no date."""
    with opened(db_url) as gradebook:
        due = gradebook.db.query(Assignment.duedate).filter(Assignment.name == assignment).scalar()
        extensions = (
            gradebook.db.query(SubmittedAssignment.extension)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
            .all()
        )
    given = [extension for (extension,) in extensions if extension is not None]
    return _extended(due, max([timedelta(), *given]))


def shown_on_pages(db_url: str, assignment: str) -> dict[str, tuple[str, datetime | None]]:
    """By student, all that a feedback page takes from the gradebook, as one text, and when the
    assignment is due for that student.
    """
    submission = SubmittedAssignment
    of_all = (
        SubmittedNotebook.late_submission_penalty,
        submission.timestamp,
        submission.extension,
        Assignment.duedate,
        Assignment.max_score,
    )
    found: dict[str, list[str]] = {}
    due: dict[str, datetime | None] = {}
    with opened(db_url) as gradebook:
        for kind, names in ((Grade, _OF_GRADE), (Comment, _OF_COMMENT)):
            columns = [kind.cell_id, *(getattr(kind, n) for n in names if n != "max_score")]
            query = gradebook.db.query(submission.student_id, *of_all, *columns)
            for student, *shown in of_assignment(query, kind, assignment).all():
                found.setdefault(student, []).append(repr(shown))
                _penalty, _when, extension, due_date, *_ = shown
                due[student] = _extended(due_date, extension)
    return {student: ("\n".join(sorted(rows)), due[student]) for student, rows in found.items()}
