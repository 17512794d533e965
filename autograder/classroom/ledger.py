"""What was graded, of what: so that nothing unchanged is graded twice.

An entry is written last, after the gradebook and the graded notebook: a run that is killed at any
moment grades again what has no entry, and ends as an undisturbed run would.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from autograder.course.course import Course
from autograder.course.digest import common_parts, files_in
from autograder.diagnosis.library import digest
from autograder.nbgrader_bridge.exchange import SECRET, TIMESTAMP
from autograder.nbgrader_bridge.grading import Graded
from autograder.nbgrader_bridge.intake import MAX_BYTES
from autograder.nbgrader_bridge.steps import CHECKS_FILE
from autograder.results import read


class Ledger:
    """The entries of one assignment. `key` says what a grade depends on."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course = course
        self.assignment = assignment
        self.folder = course.private / "ledger" / assignment
        # The lists of steps, the late policy and the like are nbgrader's own settings.
        of_nbgrader = json.dumps(course.settings.config, default=str, sort_keys=True)
        self.common = digest([*common_parts(course, assignment), of_nbgrader])
        self.mistakes = digest(files_in([course.checks_folder(assignment) / "mistakes"]))

    def key(self, student: str) -> str:
        """Changes with the submission, the checks, the reference, the settings and the versions."""
        folder = self.course.folder("submitted", student, self.assignment)
        return digest([self.common, student, *_submission_parts(folder)])

    def unchanged(self, student: str) -> Graded | None:
        """The result of an earlier run if it still stands, else None."""
        path = self._path(student)
        graded = self.course.folder("autograded", student, self.assignment) / CHECKS_FILE
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            if entry.get("key") != self.key(student):
                return None
            return Graded(student=student, report=read(graded))
        except (OSError, ValueError, AttributeError):
            return None

    def hints_stand(self, student: str) -> bool:
        """Whether the hints of a result that stands are of the mistakes as they are now."""
        try:
            entry = json.loads(self._path(student).read_text(encoding="utf-8"))
            return bool(entry.get("mistakes") == self.mistakes)
        except (OSError, ValueError, AttributeError):
            return False

    def begin(self, student: str) -> None:
        """Takes the entry aside: until `note` or `keep` the submission counts as not graded."""
        try:
            os.replace(self._path(student), self._aside(student))
        except FileNotFoundError:
            # What a killed run had taken aside may not be what the gradebook holds.
            self._aside(student).unlink(missing_ok=True)

    def note(self, student: str, key: str) -> None:
        """Enters that the submission with this key is graded. `key` is from before grading it."""
        path = self._path(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        entry = {"key": key, "mistakes": self.mistakes}
        fresh.write_text(json.dumps(entry), encoding="utf-8")
        os.replace(fresh, path)
        self._aside(student).unlink(missing_ok=True)

    def keep(self, student: str, key: str) -> None:
        """Puts back what `begin` took aside: the submission with this key could not be graded, and
        its earlier result stands. The next run tries it again.
        """
        aside = self._aside(student)
        try:
            entry = json.loads(aside.read_text(encoding="utf-8"))
            if entry.get("key") != key:
                os.replace(aside, self._path(student))
        except (OSError, ValueError, AttributeError):
            return

    def _path(self, student: str) -> Path:
        # A student's name may be anything that a folder can be called; a file's name stays short.
        return self.folder / f"{hashlib.sha256(os.fsencode(student)).hexdigest()[:32]}.json"

    def _aside(self, student: str) -> Path:
        return self._path(student).with_suffix(".earlier")


def _submission_parts(folder: Path) -> Iterator[str]:
    """The files that were handed in, links and pipes by their kind only."""
    for path in sorted([*folder.glob("*.ipynb"), folder / TIMESTAMP, folder / SECRET]):
        try:
            status = path.lstat()
            content = _content(path, status) if stat.S_ISREG(status.st_mode) else ""
        except OSError as problem:
            yield f"{path.name} {problem.errno}"
            continue
        yield f"{path.name} {stat.S_IFMT(status.st_mode)} {content}"


def _content(path: Path, status: os.stat_result) -> str:
    """What tells a file from others. One that is too large to be taken in is not read: a sparse
    file of a terabyte is handed in by one line of code.
    """
    if status.st_size > MAX_BYTES:
        return f"{status.st_size} {status.st_mtime_ns}"
    # It may have become a link or a pipe since it was looked at.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        return hashlib.sha256(file.read(MAX_BYTES + 1)).hexdigest()
