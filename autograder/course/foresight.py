"""A guess, in milliseconds, whether anything is to be graded: so that kernels are warmed up early.

A wrong guess costs some seconds, and nothing else: what is to be done is found out by what a result
depends on. Imports nothing of nbgrader's, and so knows its usual folders only.
"""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from autograder.course.digest import as_they_lie, digest
from autograder.files import write_whole

_LOOKED_AT = ("solutions/{a}", "tests/hidden/{a}", "submitted/*/{a}")
# Rubrics are for people: no grade depends on one.
_OF_PEOPLE = ".toml"


def looks_as_after_grading(root: Path, assignment: str) -> bool:
    """Whether the files of an assignment are those that its last run had seen."""
    try:
        return _note(root, assignment).read_text(encoding="ascii") == _sign(root, assignment)
    except (OSError, ValueError):
        return False


def note_that_all_is_graded(root: Path, assignment: str) -> None:
    """Notes how the files of an assignment look now."""
    write_whole(_note(root, assignment), _sign(root, assignment))


def _note(root: Path, assignment: str) -> Path:
    return root / ".autograder" / "foresight" / assignment


def _sign(root: Path, assignment: str) -> str:
    return digest(as_they_lie(_files(root, assignment)))


def _files(root: Path, assignment: str) -> Iterator[Path]:
    yield from sorted(root.glob("*.py"))
    for pattern in _LOOKED_AT:
        for folder in sorted(root.glob(pattern.format(a=escape(assignment)))):
            files = (path for path in folder.rglob("*") if path.suffix != _OF_PEOPLE)
            yield from sorted(path for path in files if path.is_file())
