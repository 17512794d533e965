"""The rubric of a question that people grade: sentences with points to choose from, in a file
beside the checks. Grading never looks at it: another rubric regrades nobody.

`tests/hidden/ASSIGNMENT/rubrics/QUESTION.toml` has a table for each line, named by its key:

    [twice]
    points = 0.5
    says = "You say that the softmax is applied twice."
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from autograder.course.course import Course
from autograder.errors import KitError

FOLDER: Final = "rubrics"
# Keys begin with a letter: a spreadsheet keeps them as they are. On a phone they stand in a column.
_KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,23}")
# How earlier comments are called.
COMMENT_KEY: Final = re.compile(r"c[0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RubricLine:
    """A line of a rubric: what it is called, what the student reads, what it is worth."""

    key: str
    says: str
    points: float


class RubricUnusable(KitError):
    """A rubric that cannot be read as one."""

    exit_code = 2

    def __init__(self, path: Path, why: str, mend: str = "") -> None:
        super().__init__(f"The rubric {path} cannot be used: {why}.", mend)


def rubric_path(course: Course, assignment: str, question: str) -> Path:
    return course.checks_folder(assignment) / FOLDER / f"{question}.toml"


def rubric_files(course: Course, assignment: str) -> list[Path]:
    """All rubrics of an assignment."""
    return sorted((course.checks_folder(assignment) / FOLDER).glob("*.toml"))


def read_rubric(
    course: Course, assignment: str, question: str, max_points: float
) -> Mapping[str, RubricLine]:
    """The lines of a question's rubric by their keys, in the file's order; none without a file.

    Raises RubricUnusable.
    """
    path = rubric_path(course, assignment, question)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as problem:
        raise RubricUnusable(path, f"it cannot be read ({problem})") from problem
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        mend = 'A line of it is: [KEY], then points = 1 and says = "…".'
        raise RubricUnusable(path, f"it is not TOML ({problem})", mend) from problem
    return {key: _line(path, key, table, max_points) for key, table in tables.items()}


def _line(path: Path, key: str, table: Any, max_points: float) -> RubricLine:
    if not _KEY.fullmatch(key):
        mend = "A key has up to 24 small letters, digits and -, and begins with a letter."
        raise RubricUnusable(path, f"the key {key!r} cannot be chosen in a spreadsheet", mend)
    if COMMENT_KEY.fullmatch(key):
        mend = "Keys of a c and a number are those of earlier comments: name it otherwise."
        raise RubricUnusable(path, f"the key {key!r} is taken", mend)
    if not isinstance(table, dict) or set(table) != {"points", "says"}:
        raise RubricUnusable(path, f"[{key}] has to hold points and says, and nothing else")
    worth, says = table["points"], table["says"]
    if isinstance(worth, bool) or not isinstance(worth, int | float) or not math.isfinite(worth):
        raise RubricUnusable(path, f"the points of [{key}] are not a number")
    if abs(worth) > max_points:
        raise RubricUnusable(path, f"[{key}] has {worth:g} points, the question {max_points:g}")
    if not isinstance(says, str) or not says.strip():
        raise RubricUnusable(path, f"[{key}] says nothing")
    return RubricLine(key=key, says=says.strip(), points=float(worth))
