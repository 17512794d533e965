"""One tree of errors: each builds its sentence from facts, knows its mend and its exit code.

Knows nothing of all others. What the student's code did is data (an `Outcome`); what the kit could
not do is a `KitError`. Neither ever turns into the other.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class KitError(Exception):
    """Something that the kit could not do, as a sentence, its mend and an exit code.

    `fact` says what is so, `mend` what to do about it, `command` is a line to paste.
    """

    exit_code = 1

    def __init__(self, fact: str, mend: str = "", command: str = "") -> None:
        self.fact = fact
        self.mend = mend
        self.command = command
        super().__init__(" ".join(part for part in (fact, mend) if part))

    def __str__(self) -> str:
        sentence = " ".join(part for part in (self.fact, self.mend) if part)
        return f"{sentence}\n    {self.command}" if self.command else sentence

    def __reduce__(self) -> tuple[Any, ...]:
        """Called by pickle, on the way from a worker: the arguments of our classes are not kept."""
        return _made_again, (type(self), self.__dict__)

    def _render_traceback_(self) -> list[str]:
        """Called by IPython in a student's notebook: the sentence, without our own frames."""
        return str(self).splitlines()


def _made_again(kind: type[KitError], state: dict[str, Any]) -> KitError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


def to_plain(error: KitError) -> dict[str, Any]:
    """An error as data that JSON can hold: its class and its words."""
    return {"kind": type(error).__name__, **{name: getattr(error, name) for name in _WORDS}}


def from_plain(data: Mapping[str, Any]) -> KitError:
    """The error that `to_plain` was given; one of a class that stands elsewhere is a KitError."""
    kind = globals().get(data["kind"], KitError)
    return _made_again(kind, {name: str(data[name]) for name in _WORDS})


_WORDS = ("fact", "mend", "command")


class UnknownName(KitError):
    """A name that stands nowhere: an assignment, an exercise, a student, a setting."""

    exit_code = 2

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        place = f" in {where}" if where else ""
        in_lower_case = {known_name.lower(): known_name for known_name in self.known}
        close = difflib.get_close_matches(name.lower(), in_lower_case, n=1)
        if close:
            mend = f"Did you mean {in_lower_case[close[0]]}?"
        elif self.known:
            mend = f"There is: {', '.join(self.known)}."
        else:
            mend = f"There is no {kind} yet."
        super().__init__(f"There is no {kind} named {name}{place}.", mend)


class SettingsProblem(KitError):
    """A setting of course_config.py that cannot be used."""

    exit_code = 2

    def __init__(self, path: Path | str, fact: str, mend: str = "") -> None:
        self.path = Path(path)
        super().__init__(f"{self.path.name}: {fact}", mend)


class MissingFile(KitError):
    """A file or folder that the kit needs and that is not there."""

    exit_code = 2

    def __init__(self, path: Path | str, what: str, mend: str = "", command: str = "") -> None:
        self.path = Path(path)
        super().__init__(f"{path} is not there: it holds {what}.", mend, command)


class Refused(KitError):
    """What would fail every submission: nothing was graded, and nothing has changed."""

    exit_code = 2


class DataUnavailable(KitError):
    """MNIST could be had from none of its sources."""

    exit_code = 3

    def __init__(self, tried: Iterable[str], mend: str, command: str = "") -> None:
        self.tried = list(tried)
        super().__init__(f"MNIST could not be had. Tried: {'; '.join(self.tried)}.", mend, command)


class NotebookUnreadable(KitError):
    """A file that is no notebook, said in the words of what is wrong with it."""

    def __init__(self, path: Path | str, why: str) -> None:
        self.path, self.why = Path(path), why
        super().__init__(
            f"{self.path.name} could not be read as a notebook: {why}.",
            "Open it in JupyterLab, save it and hand it in again.",
        )


class NotGraded(KitError):
    """A submission that the kit could not grade; it is not a 0."""

    def __init__(self, why: str, mend: str = "") -> None:
        super().__init__(f"Not graded, because {why.rstrip('.')}.", mend)


class ChecksBroken(NotGraded):
    """The hidden checks of an assignment cannot be collected or disagree with its notebook."""

    exit_code = 2

    def __init__(self, assignment: str, why: str, mend: str = "") -> None:
        self.why = why
        super().__init__(
            f"the hidden checks of {assignment} cannot be used: {why}",
            mend or f"Fix tests/hidden/{assignment}, then grade again.",
        )


class WireError(KitError):
    """A message that is not what the wire format allows. The kernel that sent it is ended."""

    def __init__(self, why: str) -> None:
        super().__init__(f"A message broke the rules of the wire: {why}.")


class KernelUnavailable(KitError):
    """No kernel could be started: the machine's trouble, never the student's."""

    def __init__(self, why: str, mend: str = "", command: str = "") -> None:
        super().__init__(f"No kernel could be started: {why}.", mend, command)
