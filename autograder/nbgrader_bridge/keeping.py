"""Stock `nbgrader autograde` and Formgrader's button keep what they could not grade anew.

nbgrader removes a graded notebook before its first step, and after an exception. It makes our
exporter before that: from there its run is wrapped. It holds the course's lock, and what it removed
for nothing is put back.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.converters.base import NbGraderException

from autograder.course.course import Course
from autograder.course.lock import SomebodyWrites, writing
from autograder.files import swap, work_folder
from autograder.marking.template import end_template
from autograder.nbgrader_bridge.earlier import entries, put_back
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.steps import course_of


def keep_earlier(converter: Any) -> None:
    """Lets a run of nbgrader's Autograde take nothing away. Called before it converts anything."""
    convert = converter.convert_notebooks

    def convert_and_keep() -> None:
        course = course_of(converter.config, converter)
        try:
            # Never waits: Formgrader's button would hold up the whole server.
            with writing(course, "running nbgrader's autograde"), _kept(converter, course):
                convert()
        except SomebodyWrites as problem:
            converter.log.error(str(problem))
            raise NbGraderException(str(problem)) from problem
        finally:
            end_template()

    converter.convert_notebooks = convert_and_keep


@contextlib.contextmanager
def _kept(converter: Any, course: Course) -> Iterator[None]:
    submissions = list(_submissions(converter))
    before = {assignment: entries(course, assignment) for assignment, _ in submissions}
    with work_folder(course.work) as work:
        copies = {one: work / str(number) for number, one in enumerate(submissions)}
        for (assignment, student), copy in copies.items():
            folder = course.folder("autograded", student, assignment)
            if folder.is_dir():
                shutil.copytree(folder, copy, symlinks=True, copy_function=_link)
        try:
            yield
        finally:
            for (assignment, student), copy in copies.items():
                folder = course.folder("autograded", student, assignment)
                if not (folder / f"{assignment}.ipynb").exists():
                    if copy.exists():
                        _note(course, assignment, student)
                    _put_back(course, assignment, student, before[assignment].get(student))
                    if copy.exists():
                        swap(copy, folder)


def _put_back(course: Course, assignment: str, student: str, before: Any) -> None:
    # nbgrader may have left a submission out, which then has no entry to put right.
    if before is not None or student in entries(course, assignment):
        put_back(course, assignment, student, before)


def _note(course: Course, assignment: str, student: str) -> None:
    why = "nbgrader's autograde could not grade it: its log says why."
    Record(course, assignment).note_problem(student, why)


def _submissions(converter: Any) -> Iterator[tuple[str, str]]:
    """Assignment and student of each folder that nbgrader is about to convert, by its own rule."""
    pattern = converter._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
    for folder in converter.assignments:
        found = re.match(pattern, folder)
        if found is not None:
            yield found["assignment_id"], found["student_id"]


def _link(source: str, target: str) -> object:
    """A copy that takes no room. nbgrader writes new files and changes none in its place."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
    return Path(target)
