"""What the last comparison of an assignment's hand-ins found, kept for the queue: comparing a class
takes longer than somebody who looks at the queue should wait.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.course.course import Course
from autograder.course.digest import digest
from autograder.files import write_whole
from autograder.nbgrader_bridge.record import Record
from autograder.review.alike import Alike

FOLDER: Final = "review"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPair:
    """Two students whose answers to these exercises are alike beyond chance."""

    one: str
    other: str
    exercises: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LastComparison:
    """The pairs that were found. `is_current` is false where something was graded since, or where
    nobody has compared yet.
    """

    pairs: tuple[KeptPair, ...] = ()
    is_current: bool = False


def keep_comparison(course: Course, found: Alike) -> None:
    """Keeps what was found of an assignment, in the place of what was found before."""
    pairs = [
        {
            "one": pair.one,
            "other": pair.other,
            "exercises": sorted({one.exercise for one in pair.exercises}),
        }
        for pair in found.pairs
    ]
    kept = {"of": _of(course, found.assignment), "pairs": pairs}
    write_whole(_path(course, found.assignment), json.dumps(kept, indent=1), course.secret_mode)


def last_comparison(course: Course, assignment: str) -> LastComparison:
    """What was found the last time; what cannot be read is as if nobody had compared."""
    try:
        kept = json.loads(_path(course, assignment).read_text(encoding="utf-8"))
        pairs = tuple(
            KeptPair(one=one["one"], other=one["other"], exercises=tuple(one["exercises"]))
            for one in kept["pairs"]
        )
        return LastComparison(pairs=pairs, is_current=kept["of"] == _of(course, assignment))
    except (OSError, ValueError, KeyError, TypeError):
        return LastComparison()


def _of(course: Course, assignment: str) -> str:
    """What changes with any hand-in that is graded."""
    record = Record(course, assignment)
    newest = ((student, record.history(student).newest) for student in sorted(record.students()))
    return digest(f"{student} {entry.content}" for student, entry in newest if entry is not None)


def _path(course: Course, assignment: str) -> Path:
    return course.private / FOLDER / f"{assignment}-alike.json"
