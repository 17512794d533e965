"""What a submission keeps that could not be graded: its points, its graded notebook, its page.

The folders are swapped in last and so stay by themselves. The gradebook is written to on the way,
by nbgrader's own steps too: what it held before is read first, and put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.course.course import CHECKS_FILE, Course
from autograder.course.handed_in import timestamp
from autograder.errors import KitError
from autograder.nbgrader_bridge.gradebook import enter, one_transaction, opened
from autograder.results import read

# What grading writes, and no person. The first column tells whether it has written.
_WRITTEN: Final[Mapping[Any, tuple[str, ...]]] = {
    SubmittedAssignment: ("timestamp",),
    SubmittedNotebook: ("late_submission_penalty",),
    Grade: ("auto_score", "needs_manual_grade"),
    Comment: ("auto_comment",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """An earlier result that stands: its points, when it was graded, when it was handed in."""

    points: float
    max_points: float
    graded: datetime
    handed_in: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """What grading had written into a submission's entries, by table and id."""

    rows: dict[tuple[Any, str], tuple[Any, ...]] = field(default_factory=dict)


def entries(course: Course, assignment: str) -> dict[str, Entries]:
    """The entries of all submissions of an assignment, by student."""
    found: dict[str, Entries] = {}
    with opened(course.db_url) as gradebook:
        for table, columns in _WRITTEN.items():
            wanted = [getattr(table, name) for name in columns]
            query = gradebook.db.query(SubmittedAssignment.student_id, table.id, *wanted)
            for student, key, *values in _joined(query, table).filter(
                Assignment.name == assignment
            ):
                found.setdefault(student, Entries()).rows[table, key] = tuple(values)
    return found


def _joined(query: Any, table: Any) -> Any:
    query = query.select_from(Assignment).join(
        SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id
    )
    if table is not SubmittedAssignment:
        of_it = SubmittedNotebook.assignment_id == SubmittedAssignment.id
        query = query.join(SubmittedNotebook, of_it)
    if table in (Grade, Comment):
        query = query.join(table, table.notebook_id == SubmittedNotebook.id)
    return query


def put_back(course: Course, assignment: str, student: str, before: Entries | None) -> None:
    """The gradebook's entries of a submission as they were before it could not be graded.

    One that had none is entered without points, and waits for a person: it is not a 0. What people
    have written in the meantime stays.
    """
    with opened(course.db_url) as gradebook:
        if before is None:
            enter(gradebook, assignment, student, None)
            before = Entries()
        for notebook in gradebook.find_submission(assignment, student).notebooks:
            for grade in notebook.grades:
                if (Grade, grade.id) not in before.rows and grade.auto_score is not None:
                    grade.auto_score, grade.needs_manual_grade = None, True
        for (table, key), values in before.rows.items():
            entry, columns = gradebook.db.get(table, key), _WRITTEN[table]
            if entry is not None and getattr(entry, columns[0]) != values[0]:
                for column, value in zip(columns, values, strict=True):
                    setattr(entry, column, value)
        gradebook.db.commit()


def require_entry(db_url: str, assignment: str, student: str) -> None:
    """Enters a submission that could not be graded and has no entry: without points, so that it
    waits for a person. It is not a 0.
    """
    with opened(db_url) as gradebook:
        try:
            gradebook.find_submission(assignment, student)
        except MissingEntry:
            pass
        else:
            return
        with one_transaction(gradebook):
            submission = enter(gradebook, assignment, student, None)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = None, True


def earlier_result(course: Course, assignment: str, student: str) -> Earlier | None:
    """The result in a submission's graded folder, None where there is none."""
    folder = course.folder("autograded", student, assignment)
    try:
        report = read(folder / CHECKS_FILE)
        changed = (folder / CHECKS_FILE).stat().st_mtime
    except (OSError, ValueError, KitError):
        return None
    return Earlier(
        points=report.points,
        max_points=report.max_points,
        graded=datetime.fromtimestamp(changed, UTC),
        handed_in=timestamp(folder),
    )
