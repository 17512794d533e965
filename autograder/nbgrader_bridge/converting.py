"""A graded submission's feedback page, and what nbgrader makes of the settings."""

from __future__ import annotations

import glob
import io
import logging
import os
import re
from pathlib import Path
from typing import Any, cast

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.log import get_logger

from autograder.course.course import Course
from autograder.errors import NotGraded
from autograder.nbgrader_bridge.graded import require_our_steps
from autograder.nbgrader_bridge.logs import logged_to


class _OneStudent:
    """Takes the names of student and assignment as they are: nbgrader takes them for patterns."""

    def init_notebooks(self) -> None:
        """Called by nbgrader. Its own finds nothing for a student called a[b], or others' too."""
        converter: Any = self
        directory = converter.coursedir
        folder = converter._format_source(directory.assignment_id, directory.student_id)
        found = sorted(glob.glob(os.path.join(glob.escape(folder), "*.ipynb")))
        converter.notebooks = []
        converter.assignments = {folder: found}


class _KitFeedback(_OneStudent, GenerateFeedback):  # type: ignore[misc]
    """nbgrader's GenerateFeedback for one student."""


def make_steps(course: Course, assignment: str) -> None:
    """Makes what nbgrader makes of the settings to grade and to write pages; runs nothing of it.

    Raises whatever nbgrader, a step or a plugin raises.
    """
    require_our_steps(course)
    directory = _directory(course, assignment, "*")
    for kind in (Autograde, _KitFeedback):
        converter = kind(coursedir=directory, config=Config(course.settings.config))
        exporter = converter.exporter_class(parent=converter, config=converter.config)
        for names in ("sanitize_preprocessors", "autograde_preprocessors", "preprocessors"):
            for name in getattr(converter, names, ()):
                step = exporter.register_preprocessor(name)
                if hasattr(step, "init_plugin"):
                    step.init_plugin()


def unknown_settings(course: Course, assignment: str) -> list[str]:
    """What traitlets says of settings of nbgrader's that it does not know: a misspelt one is
    otherwise no setting at all.
    """
    said = io.StringIO()
    with logged_to(cast(logging.Logger, get_logger()), said):
        make_steps(course, assignment)
    return list(dict.fromkeys(re.findall(r"Config option .*", said.getvalue())))


def _directory(course: Course, assignment: str, student: str) -> CourseDirectory:
    directory = CourseDirectory(config=course.settings.config)
    directory.root = str(course.root)
    directory.db_url = course.db_url
    directory.assignment_id = assignment
    directory.student_id = student
    return directory


def _run(converter: BaseConverter) -> None:
    log = io.StringIO()
    with logged_to(converter.log, log):
        try:
            converter.start()
        except NbGraderException as problem:
            known = getattr(converter, "problem", None)
            if known is not None:
                raise known from problem
            last = [line for line in log.getvalue().splitlines() if "Error" in line]
            why = last[-1].strip() if last else str(problem)
            raise NotGraded(f"nbgrader stopped: {why}") from problem


def render_feedback(course: Course, assignment: str, student: str, into: Path) -> Path:
    """A folder below `into` with the feedback page of a graded submission, and nothing else
    written; raises NotGraded where there is none.
    """
    source = course.folder("autograded", student, assignment)
    if not (source / f"{assignment}.ipynb").is_file():
        raise NotGraded(
            f"{student} has no graded notebook of {assignment}.",
            f"Run: autograder grade {assignment}",
        )
    directory = _directory(course, assignment, student)
    directory.feedback_directory = str((into / "feedback").relative_to(course.root))
    converter = _KitFeedback(coursedir=directory, config=Config(course.settings.config))
    _run(converter)
    return into / "feedback" / student / assignment
