"""What `nbgrader export` writes: `c.ExportApp.plugin_class`. A spreadsheet opens it as text.

nbgrader's own puts names between commas as they are: one that begins with = is a formula where the
file is opened, one with a comma or a line's end makes columns and rows of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder.course.course import Course
from autograder.nbgrader_bridge.record import Record, standing
from autograder.nbgrader_bridge.steps import course_of

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score", "note"),
)
_FORMULA = re.compile(r"[=+\-@\t\r\n|%]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class SafeCsvExport(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's columns, one row for each student and assignment, with nothing that computes.

    A last column says where a result stands from an earlier day. What was handed in and could not
    be graded has no points: it is not a 0.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Called by `nbgrader export`."""
        with open(self.to or "grades.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for row in self._rows(gradebook):
                writer.writerow([safe_cell(row.get(name)) for name in COLUMNS])

    def _rows(self, gradebook: Gradebook) -> Iterator[dict[str, Any]]:
        assignments, students = map(str, self.assignment), map(str, self.student)
        wanted, asked_for = set(assignments), set(students)
        for assignment in gradebook.assignments:
            if wanted and assignment.name not in wanted:
                continue
            for student in gradebook.students:
                if not asked_for or student.id in asked_for:
                    note = standing(Record(self._course, assignment.name).history(student.id))
                    yield {**_row(gradebook, assignment, student), "note": note}

    @cached_property
    def _course(self) -> Course:
        return course_of(self.config, self.parent)


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:  # Nothing was handed in.
        return {**row, "raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    if all(grade.auto_score is None and grade.manual_score is None for grade in grades):
        return {**row, "timestamp": submission.timestamp}
    score, penalty = submission.score, submission.late_submission_penalty
    return {
        **row,
        "timestamp": submission.timestamp,
        "raw_score": round(score, 2),
        "late_submission_penalty": round(penalty, 2),
        "score": round(max(0.0, score - penalty), 2),
    }


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV, in which no spreadsheet finds a formula."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow([safe_cell(value) for value in row])
    return held.getvalue()


def safe_cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula: such text gets a ' before it."""
    text = "" if value is None else str(value)
    starts_one = _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)
    plain = _CONTROL.sub(" ", text)
    return f"'{plain}" if starts_one else plain
