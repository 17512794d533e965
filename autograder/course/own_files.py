"""What an assignment has beside its notebook: what is listed goes to students, all else nowhere."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from autograder.course.course import Course
from autograder.hand_in.files import NOTEBOOK, is_noise


def own_files(course: Course, assignment: str) -> dict[str, Path]:
    """The listed files of an assignment, by their path in its folder (`c.Course.files`)."""
    patterns = course.settings.course.files
    return {
        name: path
        for name, path in _beside(course, assignment).items()
        if not name.endswith(NOTEBOOK) and is_listed(name, assignment, patterns)
    }


def read_own_files(course: Course, assignment: str) -> dict[str, bytes]:
    """What the listed files of an assignment hold, by their path in its folder."""
    return {name: path.read_bytes() for name, path in own_files(course, assignment).items()}


def unlisted_files(course: Course, assignment: str) -> list[str]:
    """What lies beside the notebook and is neither listed nor ignored, by its path there."""
    listed = own_files(course, assignment)
    notebook = f"{assignment}{NOTEBOOK}"
    return [n for n in _beside(course, assignment) if n not in listed and n != notebook]


def is_listed(name: str, assignment: str, patterns: list[str]) -> bool:
    """Whether a file of an assignment, by its path in its folder, is one of those listed."""
    paths = (name, f"{assignment}/{name}")
    return any(fnmatchcase(path, pattern) for path in paths for pattern in patterns)


def _beside(course: Course, assignment: str) -> dict[str, Path]:
    """The regular files in an assignment's folder, without what programs leave there and what
    `c.CourseDirectory.ignore` names.
    """
    folder = course.folder("source", ".", assignment)
    ignored = [*course.directory.ignore]
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(_is_ignored(part, ignored) for part in parts) or path.is_symlink():
            continue
        if path.is_file():
            found["/".join(parts)] = path
    return found


def _is_ignored(part: str, patterns: list[str]) -> bool:
    return is_noise(part) or any(fnmatchcase(part, pattern) for pattern in patterns)
