"""What the student's side can do instead of answering. Data for the judge, never a KitError."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class StudentFailure(Exception):
    """The student's side gave no value."""


class StudentError(StudentFailure):
    """The student's code raised. `line` is the line of a cell, as the student's side tells it."""

    def __init__(self, type_name: str, message: str, line_number: int = 0, line: str = "") -> None:
        self.type_name, self.message = type_name, message
        self.line_number, self.line = line_number, line
        super().__init__(f"{type_name}: {message}")


class NoLength(StudentError, TypeError):
    """The student's object has no length. Also a TypeError: `list` asks, and passes over these."""


class NotCallable(StudentError):
    """A check called what is not a function; `name` is what it is called there, or ""."""

    def __init__(self, name: str, kind: str, message: str = "") -> None:
        self.name, self.kind = name, kind
        super().__init__("TypeError", message or f"{kind} is not a function")


class MissingName(StudentFailure):
    """The notebook defines no such name; `similar` is a name that it defines instead, or ""."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.75)
        self.similar = close[0] if close else ""
        super().__init__(f"{name} is not defined")


class StudentTimeout(StudentFailure):
    """A call ran longer than its limit and was stopped."""

    def __init__(self, wall_s: float) -> None:
        self.wall_s = wall_s
        super().__init__(f"longer than {wall_s:g} s")


class StudentDied(StudentFailure):
    """The kernel ended while it was asked; `why` names the limit that was hit, where one was."""

    def __init__(self, why: str = "") -> None:
        self.why = why
        super().__init__(why or "the kernel ended")


class SolutionFailed(Exception):
    """The reference solution raised: a fault of the checks or the solution, not the student's."""


class SolutionHasNoLength(SolutionFailed, TypeError):
    """An object of the solution has no length: see `NoLength`."""
