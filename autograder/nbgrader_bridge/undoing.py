"""A snapshot put back, and the graded notebooks that belong to it."""

from __future__ import annotations

from autograder.course.course import CHECKS_FILE, Course
from autograder.course.snapshots import restore
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.writer import Writer
from autograder.results import read


def restored(course: Course, number: int) -> str:
    """Puts a snapshot back; what to tell of it. Raises UnknownName or KitError."""
    snapshot = restore(course, number)
    again = 0
    for assignment in course.assignments():
        record = Record(course, assignment)
        writer = Writer(course, assignment, record)
        for student in record.students():
            if not _is_as_recorded(course, assignment, record, student):
                again += writer.put_back(student)
    return (
        f"Put back as it was on {snapshot.taken.astimezone():%Y-%m-%d %H:%M:%S}, before "
        f"{snapshot.before}: the gradebook, the record, and {again} graded notebooks. What was "
        "replaced is a snapshot of its own."
    )


def _is_as_recorded(course: Course, assignment: str, record: Record, student: str) -> bool:
    marked = record.result(student)
    try:
        there = read(course.folder("autograded", student, assignment) / CHECKS_FILE)
    except (OSError, ValueError):
        return marked is None
    return marked is None or there == marked.report
