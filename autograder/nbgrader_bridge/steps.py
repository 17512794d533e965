"""The steps that stock `nbgrader autograde` and Formgrader's button run, as `course_config.py`
names them.

They reach the same function as `autograder grade` does. nbgrader reads, cleans and executes a
notebook step by step; here one step marks the submission as a whole, and the others enter what came
of it. None of them can be switched off: `--no-execute` would mean full marks for all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from autograder.course.course import CHECKS_FILE, Course, open_course
from autograder.course.handed_in import exchange_files
from autograder.course.own_files import own_files
from autograder.errors import SettingsProblem
from autograder.files import keep_only
from autograder.nbgrader_bridge.gradebook import save_grades
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.stock import marked_for
from autograder.nbgrader_bridge.writer import Result, enter_result
from autograder.results import write
from autograder.settings.load import from_config

_RESULT = "autograder_result"
Resources = dict[str, Any]
Stepped = tuple[NotebookNode, Resources]


class _AlwaysOn(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A step that runs whatever `enabled` says: this one cannot be switched off by settings."""

    def __call__(self, nb: NotebookNode, resources: Resources) -> Stepped:
        """Called by nbconvert's exporter."""
        return self.preprocess(nb, resources)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Stepped:
        raise NotImplementedError

    @property
    def converter(self) -> Any:
        """The converter of the run, if there is one."""
        return getattr(getattr(self, "parent", None), "parent", None)

    @property
    def course(self) -> Course:
        """The course of the run, from the configuration that nbgrader handed down."""
        return course_of(self.config, self.converter)


def course_of(config: Config, converter: Any = None) -> Course:
    """The course that a configuration belongs to; `converter` knows its root and folders."""
    directory = getattr(converter, "coursedir", None)
    root = Path(directory.root) if directory is not None else Path.cwd()
    course = open_course(from_config(config, root))
    return course if directory is None else Course(settings=course.settings, directory=directory)


class Normalize(_AlwaysOn):
    """The first step of all: nothing that nbgrader has copied of a submission stays.

    Where the settings name another exporter than ours, stock nbgrader has copied what lies beside
    the notebook. It follows links, so a file there may be the gradebook under another name.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Stepped:
        course, where = self.course, resources["nbgrader"]
        student, assignment = where["student"], where["assignment"]
        folder = course.folder("autograded", student, assignment)
        keep_only(folder, [f"{assignment}.ipynb", *own_files(course, assignment)])
        handed_in = course.folder("submitted", student, assignment)
        for name, content in exchange_files(handed_in).items():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return nb, resources


class SandboxedExecute(_AlwaysOn):
    """In the place of nbgrader's Execute: what was handed in is marked, as a class run marks it."""

    def preprocess(self, _nb: NotebookNode, resources: Resources) -> Stepped:
        _refuse_switches(self.config)
        where = resources["nbgrader"]
        result = marked_for(self.converter, self.course, where["assignment"], where["student"])
        resources[_RESULT] = result
        return nbformat.reads(result.marked.notebook, as_version=4), resources


def _refuse_switches(config: Config) -> None:
    for section in ("Execute", "ExecutePreprocessor", "SandboxedExecute"):
        if config[section].get("enabled", True) is False:
            raise SettingsProblem(
                "course_config.py",
                f"{section}.enabled is False (or --no-execute was given).",
                "Without running a notebook nothing can be graded: leave it out.",
            )


class JudgeReport(_AlwaysOn):
    """Writes checks.json beside the graded notebook, which holds the judge's report already."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Stepped:
        course, where = self.course, resources["nbgrader"]
        folder = course.folder("autograded", where["student"], where["assignment"])
        write(resources[_RESULT].marked.report, folder / CHECKS_FILE)
        return nb, resources


class SaveGrades(_AlwaysOn):
    """In the place of nbgrader's SaveAutoGrades, which writes cell by cell.

    Points of earlier runs that are no longer earned go in the same transaction, so a run that is
    killed leaves the old grades or the new ones.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Stepped:
        where = resources["nbgrader"]
        marked = resources[_RESULT].marked
        save_grades(
            where["db_url"],
            where["assignment"],
            where["notebook"],
            where["student"],
            marked.scores,
            marked.unanswered,
            marked.answers,
        )
        return nb, resources


class HideGuard(_AlwaysOn):
    """The last step: enters into the record what has been graded.

    Its name is of what it did once; a course's settings name it.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Stepped:
        where = resources["nbgrader"]
        result: Result = resources[_RESULT]
        enter_result(Record(self.course, where["assignment"]), result)
        return nb, resources
