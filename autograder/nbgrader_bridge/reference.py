"""The reference's answers on pages: when they may be shown, `c.FeedbackText.solutions`, and what
they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import nbformat

from autograder.course.course import Course
from autograder.course.rounds import current_round
from autograder.errors import KitError
from autograder.hand_in.cells import grade_id, is_answer
from autograder.nbgrader_bridge.page_entries import last_due

_DELIMITERS = {
    "begin_solution_delimeter": "BEGIN SOLUTION",
    "end_solution_delimeter": "END SOLUTION",
}


def open_rounds(course: Course, assignment: str, now: datetime | None = None) -> int | None:
    """The first round whose hand-ins see no solution yet, None where none of them sees any.

    Solutions are for those who can gain nothing by them: the due date and every extension that the
    gradebook knows are over, and the round in which they were graded has ended.
    """
    if course.settings.feedback.solutions != "closed":
        return None
    due = last_due(course.db_url, assignment)
    if due is None or (now or datetime.now(UTC)) <= due:
        return None
    try:
        return current_round(course, assignment)
    except KitError:
        return None


def reference_answers(course: Course, assignment: str) -> Mapping[str, str]:
    """The reference's code of each exercise, without nbgrader's marks; nothing where it is gone."""
    config = course.settings.config.ClearSolutions
    marks = tuple(str(config.get(name) or default) for name, default in _DELIMITERS.items())
    try:
        path = course.source_path(assignment)
        changed = path.stat().st_mtime_ns
    except (OSError, KitError):
        return {}
    return _answers(path, changed, marks)


@lru_cache(maxsize=16)
def _answers(path: Path, _changed: int, marks: tuple[str, ...]) -> Mapping[str, str]:
    notebook = nbformat.read(path, as_version=4)
    marked = re.compile("|".join(re.escape(mark) for mark in marks))
    return {
        grade_id(cell): "\n".join(
            line for line in cell.source.splitlines() if not marked.search(line)
        )
        for cell in notebook.cells
        if is_answer(cell)
    }
