"""What a worker is asked to do with a packed assignment, each as data. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.course.handed_in import HandedIn
from autograder.diagnosis.answers import Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One submission marked: a `Marked` as plain data. `again`: only these exercises are asked, and
    the others are as in an earlier report of the same hand-in, `before`, as plain data.
    """

    handed_in: HandedIn
    again: frozenset[str] | None = None
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class TryReference:
    """The reference as the first student: the trail that it leaves.

    Raises ChecksBroken where an exercise has no check, or a check does not give it full marks.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class TryMistakes:
    """Known mistakes of an exercise, tried: their fingerprints, by name."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DiagnoseAgain:
    """A marked submission with the hints of what is known now. No code of a student runs."""

    marked: Mapping[str, Any]


Job = Mark | TryReference | TryMistakes | DiagnoseAgain
