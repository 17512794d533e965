"""A course as the kit sees it: its settings, nbgrader's folders, what an assignment is made of."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from glob import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from autograder.errors import MissingFile, Refused, SettingsProblem, UnknownName
from autograder.settings.load import Settings

PRIVATE_FOLDER = ".autograder"
CHECKS_FILE = "checks.json"


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course: one folder, its settings and its nbgrader."""

    settings: Settings
    directory: CourseDirectory

    @property
    def root(self) -> Path:
        return Path(self.directory.root)

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    @property
    def private(self) -> Path:
        """The kit's own folder beside the gradebook: seeds, data, work in progress.

        Mode 0700, or the group's too where the course is shared by one.
        """
        folder = self.root / PRIVATE_FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.is_shared and folder.stat().st_uid == os.geteuid():
                folder.chmod(0o2770)
        except OSError as problem:
            fact = f"{folder} cannot be made ({problem.strerror})."
            raise Refused(fact, "Give yourself the right to write in its folder.") from problem
        return folder

    @property
    def is_shared(self) -> bool:
        """Whether several people of one group grade the course: c.CourseDirectory.groupshared."""
        return bool(self.directory.groupshared)

    @property
    def reports(self) -> Path:
        """Where pages and tables for those who grade lie: they name students, with their points."""
        return self.root / "reports"

    @property
    def secret_mode(self) -> int:
        """The permissions of a file that only those who grade may read."""
        return 0o660 if self.is_shared else 0o600

    @property
    def work(self) -> Path:
        """Where work in progress lies, on the disk of the results, so that it can be swapped in."""
        return self.private / "work"

    def assignments(self) -> list[str]:
        """The names of the assignments that have a source notebook."""
        folder = self.root / self.directory.source_directory
        return sorted(
            path.parent.name for path in folder.glob("*/*.ipynb") if path.stem == path.parent.name
        )

    def require_assignment(self, name: str) -> str:
        """The name, if there is such an assignment; raises UnknownName."""
        if name not in self.assignments():
            raise UnknownName("assignment", name, self.assignments())
        return name

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """A folder of nbgrader's: `step` is one of its directory settings."""
        directory = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(directory, student, assignment))

    def source_path(self, assignment: str) -> Path:
        """The source notebook's file; raises MissingFile."""
        path = self.folder("source", ".", assignment) / f"{assignment}.ipynb"
        if not path.is_file():
            raise MissingFile(path, f"the source of {assignment}")
        return path

    def source_notebook(self, assignment: str) -> NotebookNode:
        """The source notebook; raises MissingFile."""
        return nbformat.read(self.source_path(assignment), as_version=4)

    def checks_folder(self, assignment: str) -> Path:
        return self.root / "tests" / "hidden" / assignment

    def submitted(self, assignment: str) -> list[str]:
        """The students who handed something in for an assignment."""
        parent = self.folder("submitted", "*", assignment)
        everyone = parent.parent.parent
        found = {path.parent.name for path in everyone.glob(f"*/{escape(parent.name)}")}
        loose = everyone.glob("*/*.*")
        found |= {path.parent.name for path in loose if is_loose(path.name, assignment)}
        return sorted(found)


def is_loose(name: str, assignment: str) -> bool:
    """Whether a file that lies beside the folders of assignments is of this one: by its name, as
    in `1-tensors.ipynb`, `1-tensors (1).ipynb` and `1-tensors.zip`.
    """
    rest = name.lower().removeprefix(assignment.lower())
    return rest != name.lower() and bool(re.fullmatch(r"([ (_-].*)?(\.ipynb.*|\.json|\.zip)", rest))


def open_course(settings: Settings) -> Course:
    """The course that the settings describe; raises SettingsProblem."""
    try:
        directory = CourseDirectory(config=settings.config)
    except Exception as problem:
        raise SettingsProblem("course_config.py", str(problem)) from problem
    if "root" not in settings.config.CourseDirectory:
        directory.root = str(settings.root)
    return Course(settings=settings, directory=directory)
