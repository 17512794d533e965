"""What the reference solution, as the first student, shows of an assignment's checks.

Where a check raises on a student's answer, somebody has to be at fault: the check or the answer.
The trail tells them apart. It holds each expression of the check files that went well with the
reference, and, for each check, the form of what came back from it. Where the same expression fails
on an answer of another form under the same draws, it is the answer that was different.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from autograder.expect.label import position
from autograder.results import Observed, Shown, shown_from


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """The places in check files that the reference has passed, and by check what came back.

    `answers` is what the reference's namespace in the judge has answered: see `namespace/local.py`.
    `public` is what the calls of each check gave on the public draw.
    """

    places: frozenset[str] = frozenset()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    public: Mapping[str, Sequence[Shown]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        answers = {
            key: [base64.b64encode(part).decode("ascii") for part in parts]
            for key, parts in self.answers.items()
        }
        public = {
            name: [dataclasses.asdict(one) for one in results]
            for name, results in self.public.items()
        }
        plain = {"places": sorted(self.places), "forms": dict(self.forms)}
        return {**plain, "answers": answers, "public": public}

    @classmethod
    def from_json(cls, data: Any) -> Trail:
        """The trail that `to_json` gave; raises ValueError on anything else."""
        try:
            forms = {str(name): tuple(map(str, kinds)) for name, kinds in data["forms"].items()}
            answers = {
                str(key): [base64.b64decode(part, validate=True) for part in parts]
                for key, parts in data["answers"].items()
            }
            public = {
                str(name): [shown_from(one) for one in results]
                for name, results in data["public"].items()
            }
            places = frozenset(map(str, data["places"]))
            return cls(places=places, forms=forms, answers=answers, public=public)
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"this is not a trail: {problem}") from problem


class Recorder:
    """Records the trail while the checks run with the reference as the student.

    `files` holds, by the name of a check, the file that it stands in.
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.places: set[str] = set()
        self.forms: dict[str, tuple[str, ...]] = {}
        self.answers: Mapping[str, Sequence[bytes]] = {}
        self.public: Mapping[str, Sequence[Shown]] = {}

    @property
    def trail(self) -> Trail:
        places = frozenset(self.places)
        return Trail(places=places, forms=self.forms, answers=self.answers, public=self.public)

    def passed(self, check: str, observed: Sequence[Observed]) -> None:
        self.forms[check] = tuple(line.kind for line in observed)

    @contextlib.contextmanager
    def watching(self, folder: Path) -> Iterator[None]:
        """Within it each expression of the check files that is evaluated is noted."""
        before = sys.gettrace()
        sys.settrace(lambda frame, _event, _arg: self._enter(frame, folder))
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, folder: Path) -> Any:
        if not is_in(frame.f_code, folder):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._step

    def _step(self, frame: FrameType, event: str, _arg: object) -> Any:
        if event == "opcode":
            self.places.add(place_of(frame.f_code, frame.f_lasti))
        return self._step


def is_in(code: CodeType, folder: Path) -> bool:
    """Whether code stands in a check file."""
    return is_below(code.co_filename, folder)


def is_below(filename: str, folder: Path) -> bool:
    """Whether a file lies in the folder of the checks."""
    return filename.startswith(f"{folder}{os.sep}")


def place_of(code: CodeType, lasti: int) -> str:
    """An expression in a check file, by its place in it: `test_one.py 3-3:4-17`."""
    name = os.path.basename(code.co_filename)
    found = position(code, lasti)
    if found is None:
        return f"{name} {code.co_firstlineno}+{lasti}"
    first, last, start, end = found
    return f"{name} {first}-{last}:{start}-{end}"
