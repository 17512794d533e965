"""Students' questions about their grades, with what was so when they came, beside the record.

Only the process that holds the course's lock writes them. A question is never taken away, nor is
its answer: both stand in a grade's history and on its page.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from autograder.course.course import Course
from autograder.errors import Refused
from autograder.files import write_whole
from autograder.nbgrader_bridge.record import Record

_FILE = "requests.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A question about the grade of an exercise. `asked` is when it was noted.

    The rest of the first group is what was so at that moment: the points, None where nobody had
    given any, what the page said of it first, which file was graded with its hand-in code, and
    when. `answer` and `answered` are "" while it is open.
    """

    exercise: str
    text: str
    asked: str
    points: float | None = None
    max_points: float = 0.0
    says: str = ""
    file: str = ""
    code: str = ""
    graded: str = ""
    answer: str = ""
    answered: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.answered

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        names = {one.name for one in dataclasses.fields(cls)} & data.keys()
        return cls(**{name: data[name] for name in names})


class Requests:
    """The questions of one assignment, by student."""

    def __init__(self, course: Course, assignment: str) -> None:
        self._record = Record(course, assignment)

    def of(self, student: str) -> tuple[Request, ...]:
        """A student's questions, in their order; what cannot be read is as if there were none."""
        try:
            return self._read(student)
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def of_all(self) -> Iterator[tuple[str, Request]]:
        """Each question with its student."""
        for path in sorted(self._record.folder.glob(f"*/{_FILE}")):
            try:
                data = json.loads(path.read_text(encoding="utf-8"))
                student, found = str(data["student"]), _requests_in(data)
            except (OSError, ValueError, KeyError, TypeError):
                continue
            yield from ((student, one) for one in found)

    def sign(self, student: str) -> str:
        """What changes with a student's questions and their answers; "" where there are none."""
        try:
            return hashlib.sha256(self._path(student).read_bytes()).hexdigest()
        except OSError:
            return ""

    def add(self, student: str, request: Request) -> None:
        """Notes a question; raises Refused where those that are there cannot be read."""
        self._write(student, (*self._require(student), request))

    def end(self, student: str, request: Request, ended: Request) -> None:
        """Puts a question with its answer in the place of the open one; raises Refused."""
        kept = self._require(student)
        self._write(student, tuple(ended if one == request else one for one in kept))

    def _require(self, student: str) -> tuple[Request, ...]:
        try:
            return self._read(student)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as problem:
            fact = f"{self._path(student)} cannot be read ({problem})."
            mend = "Put its newest copy in its place: autograder undo lists what is kept."
            raise Refused(fact, mend) from problem

    def _read(self, student: str) -> tuple[Request, ...]:
        return _requests_in(json.loads(self._path(student).read_text(encoding="utf-8")))

    def _write(self, student: str, requests: tuple[Request, ...]) -> None:
        data = {"student": student, "requests": [dataclasses.asdict(one) for one in requests]}
        write_whole(self._path(student), json.dumps(data, indent=1))

    def _path(self, student: str) -> Path:
        return self._record.folder_of(student) / _FILE


def _requests_in(data: Mapping[str, Any]) -> tuple[Request, ...]:
    return tuple(Request.from_plain(one) for one in data["requests"])
