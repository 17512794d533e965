"""A graded submission diagnosed again: what it was observed to do is kept, so nothing runs."""

from __future__ import annotations

import dataclasses
import os

import nbformat

from autograder.course.cells import judged_cells
from autograder.course.course import Course
from autograder.nbgrader_bridge.diagnosing import NO_HINTS, diagnosed
from autograder.nbgrader_bridge.gradebook import exercise_points, known_cells
from autograder.nbgrader_bridge.steps import CHECKS_FILE, judge_for, put_report
from autograder.results import Report, read, write


def diagnose_again(course: Course, assignment: str, student: str) -> Report:
    """The report with the hints of the mistakes as they are now, in the graded notebook too.

    The submission's points are as they were; its page has the new hints once it is made again.
    """
    folder = course.folder("autograded", student, assignment)
    old = read(folder / CHECKS_FILE)
    path = folder / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    points = exercise_points(known_cells(course.db_url, assignment, assignment))
    judge = judge_for(course, assignment, points)
    notes = tuple(note for note in old.notes if not note.text.startswith(NO_HINTS))
    cells = list(judged_cells(notebook).values())
    new = diagnosed(course, judge, dataclasses.replace(old, notes=notes), cells)
    if new != old:
        put_report(notebook, new, course)
        fresh = path.with_suffix(f".{os.getpid()}")
        nbformat.write(notebook, fresh)
        os.replace(fresh, path)
        write(new, folder / CHECKS_FILE)
    return new
