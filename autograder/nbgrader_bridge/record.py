"""The record of an assignment's results: when each was graded, of what, in which round, by which
versions; with a copy of each result, from which graded notebooks can be put back.

A submission's history is written last, after the gradebook and the graded notebook: a run that is
killed at any moment grades again what is not in it, and ends as an undisturbed run would.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from autograder.course.course import Course
from autograder.expect.printable import printable
from autograder.feedback.moved import Moved
from autograder.files import write_whole
from autograder.marking.marked import Marked

_KEPT_ENTRIES = 50
_KEPT_RESULTS = 10
_HISTORY = "history.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One grading of a submission.

    `content` is what was handed in, `file` which file of it was graded, `code` that one's hand-in
    code, `packed` the assignment by its key, `number` the round, `shown` how hints and mistakes
    were when the notebook was made, `result` its copy. `beside_checks` and `of_exercises` say by
    what it was judged: all but the checks, and the checks of each exercise.
    """

    graded: str
    by: str
    content: str
    packed: str
    number: int
    versions: Mapping[str, str]
    shown: str
    file: str = ""
    code: str = ""
    handed_in: str = ""
    points: float = 0.0
    max_points: float = 0.0
    hints_missing: tuple[str, ...] = ()
    result: str = ""
    beside_checks: str = ""
    of_exercises: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        # An entry of an earlier version of the kit has fewer values.
        names = {one.name for one in dataclasses.fields(cls)} & data.keys()
        values = {name: data[name] for name in names}
        return cls(**{**values, "hints_missing": tuple(data["hints_missing"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A grading that would have taken points from a released result, which stands in its place.

    `entry` is that grading as it would have been recorded, `before` the points by checks of the
    result that stands, `moved` the exercises that would have other points, and why.
    """

    entry: Entry
    before: float
    moved: tuple[Moved, ...] = ()

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            entry=Entry.from_plain(data["entry"]),
            before=float(data["before"]),
            moved=tuple(Moved(**one) for one in data["moved"]),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """All gradings of a submission, the newest last, when its feedback was first released, and why
    it could not be graded the last time ("" where it could) and when that was.

    `given_of` is the hand-in, by its content, whose feedback was released last, and `given` when
    that was for the first time: "" in a record of an earlier version of the kit. `held` is the last
    grading anew, where it was not written because it gave fewer points.
    """

    entries: tuple[Entry, ...] = ()
    released: str = ""
    problem: str = ""
    tried: str = ""
    given: str = ""
    given_of: str = ""
    held: Held | None = None

    @property
    def newest(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    @property
    def is_released(self) -> bool:
        """Whether feedback on the newest result's hand-in was released."""
        newest = self.newest
        of_it = newest is not None and self.given_of in ("", newest.content)
        return bool(self.released) and of_it


class Record:
    """The record of one assignment. Only the process that holds the course's lock writes it."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.folder = course.private / "record" / assignment
        self._read: dict[str, History] = {}

    def history(self, student: str) -> History:
        """What is known of a submission; one that cannot be read is as if there were none."""
        if student not in self._read:
            try:
                data = json.loads((self.folder_of(student) / _HISTORY).read_text(encoding="utf-8"))
                self._read[student] = History(
                    entries=tuple(Entry.from_plain(one) for one in data["entries"]),
                    released=data["released"],
                    problem=data["problem"],
                    tried=data["tried"],
                    given=data.get("given", ""),
                    given_of=data.get("given_of", ""),
                    held=Held.from_plain(data["held"]) if data.get("held") else None,
                )
            except (OSError, ValueError, KeyError, TypeError):
                self._read[student] = History()
        return self._read[student]

    def round_of(self, student: str, content: str) -> int | None:
        """The round in which this very hand-in was first graded."""
        entries = self.history(student).entries
        return next((one.number for one in entries if one.content == content), None)

    def students(self) -> list[str]:
        """Who was ever graded."""
        found = []
        for path in sorted(self.folder.glob(f"*/{_HISTORY}")):
            try:
                found.append(str(json.loads(path.read_text(encoding="utf-8"))["student"]))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return found

    def put(self, student: str, entry: Entry, marked: Marked) -> None:
        """Keeps a result and its copy."""
        data = json.dumps(marked.to_plain()).encode("utf-8", "surrogatepass")
        result = hashlib.sha256(data).hexdigest()[:32]
        write_whole(self.folder_of(student) / f"{result}.json.gz", gzip.compress(data, 3, mtime=0))
        before = self.history(student)
        entries = (*before.entries, dataclasses.replace(entry, result=result))[-_KEPT_ENTRIES:]
        self._write(
            student,
            dataclasses.replace(before, entries=entries, problem="", tried="", held=None),
        )
        kept = {f"{one.result}.json.gz" for one in entries[-_KEPT_RESULTS:]}
        for path in self.folder_of(student).glob("*.json.gz"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def note_problem(self, student: str, why: str) -> None:
        """Notes that a submission could not be graded today: its earlier result stands."""
        tried = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(student, dataclasses.replace(self.history(student), problem=why, tried=tried))

    def note_held(self, student: str, held: Held | None) -> None:
        """Notes that a grading anew was not written, or, with None, that nothing is held back."""
        history = self.history(student)
        if held is not None:
            self._write(student, dataclasses.replace(history, held=held, problem="", tried=""))
        elif history.held is not None:
            self._write(student, dataclasses.replace(history, held=None))

    def note_released(self, student: str) -> None:
        """Notes that a student has, or can have, the feedback on the newest result."""
        history = self.history(student)
        newest = history.newest
        if newest is None or (history.released and history.given_of == newest.content):
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(
            student,
            dataclasses.replace(
                history,
                released=history.released or now,
                given=now,
                given_of=newest.content,
            ),
        )

    def result(self, student: str) -> Marked | None:
        """The copy of the newest result, None where it is not there."""
        newest = self.history(student).newest
        return None if newest is None else self._copy(student, newest)

    def earlier(self, student: str) -> tuple[Entry, Marked] | None:
        """The last result of the hand-in before the newest one, None where there is no copy."""
        entry = before_newest(self.history(student))
        marked = None if entry is None else self._copy(student, entry)
        return None if entry is None or marked is None else (entry, marked)

    def _copy(self, student: str, entry: Entry) -> Marked | None:
        try:
            data = (self.folder_of(student) / f"{entry.result}.json.gz").read_bytes()
            return Marked.from_plain(json.loads(gzip.decompress(data)))
        except (OSError, ValueError, EOFError):
            return None

    def _write(self, student: str, history: History) -> None:
        data = {"student": student, **dataclasses.asdict(history)}
        write_whole(self.folder_of(student) / _HISTORY, json.dumps(data, indent=1))
        self._read[student] = history

    def folder_of(self, student: str) -> Path:
        """Where all that is recorded of a submission lies."""
        # A student's name may be anything that a folder can be called; a file's name stays short.
        return self.folder / hashlib.sha256(os.fsencode(student)).hexdigest()[:32]


def without_hints(course: Course, assignment: str, students: Sequence[str]) -> int:
    """How many results lack hints, because known mistakes were not tried when they were made."""
    record = Record(course, assignment)
    newest = [record.history(student).newest for student in students]
    return sum(bool(entry.hints_missing) for entry in newest if entry is not None)


def standing(history: History) -> str:
    """Of a submission that could not be graded the last time: which result stands, and why; else
    "". Two sentences for students, TAs and spreadsheets alike.
    """
    if not history.problem:
        return ""
    newest = history.newest
    why = f"It could not be graded on {day(history.tried)}: {history.problem}"
    if newest is None:
        return f"There is no result yet. {why}"
    of = f" for what was handed in on {day(newest.handed_in)}" if newest.handed_in else ""
    return f"This is the result of {day(newest.graded)}{of}. {why}"


def before_newest(history: History) -> Entry | None:
    """The last grading of what was handed in before the newest hand-in, None where nothing was."""
    newest = history.newest
    others = (one for one in reversed(history.entries) if newest and one.content != newest.content)
    return next(others, None)


def graded_file(history: History) -> str:
    """Which file the newest result is of, with its hand-in code: "1-tensors.ipynb, code 7F3A-92C1";
    "" where that is not known.
    """
    return graded_file_of(history.newest) if history.newest is not None else ""


def graded_file_of(entry: Entry) -> str:
    """The same for one grading."""
    code = f", code {entry.code}" if entry.code else ""
    return f"{printable(entry.file, 120)}{code}" if entry.file else ""


def day(moment: str) -> str:
    """The day of a moment in words; "an unknown day" where it is not one."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%d %B %Y}".lstrip("0")
    except ValueError:
        return "an unknown day"
