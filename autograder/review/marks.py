"""What people have chosen for the answers to a question: keys of the rubric, comments, points.

The gradebook holds what came of it, nbgrader's manual score and manual comment, and is what counts:
what somebody has saved in Formgrader since wins. A choice is written before the gradebook is, with
the one before it, so that after a kill in between the one is taken that the gradebook agrees with.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from autograder.course.course import Course
from autograder.course.rubrics import RubricLine
from autograder.errors import Refused
from autograder.files import write_whole
from autograder.nbgrader_bridge.question import Given

FOLDER: Final = "marks"
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def clean_comment(text: str) -> str:
    """A comment with plain ends of lines, and without what cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines.replace("\u2028", "\n").replace("\u2029", "\n")).strip()


def rounded(value: float) -> float:
    """Points as a spreadsheet keeps them."""
    return round(value, 4) + 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a person chooses for an answer: keys of the rubric and of earlier comments, points of
    their own (None: what the lines make), a comment of their own.
    """

    keys: tuple[str, ...] = ()
    points: float | None = None
    comment: str = ""

    def sign(self) -> bytes:
        """What tells it from others."""
        return json.dumps([self.keys, self.points, self.comment]).encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A choice as it was given. `lines` are those of its keys as they were then, `points` and
    `comment` what the gradebook got, `answer` tells which answer it is of.
    """

    choice: Choice
    lines: tuple[RubricLine, ...] = ()
    points: float | None = None
    comment: str = ""
    answer: str = ""
    when: str = ""
    was: Mark | None = None

    def stands(self, given: Given) -> bool:
        """Whether the gradebook still says what this came to."""
        if (self.points is None) != (given.points is None):
            return False
        same = self.points is None or math.isclose(self.points, given.points or 0.0, abs_tol=1e-6)
        return same and clean_comment(given.comment) == self.comment

    @property
    def total(self) -> float | None:
        """What it is worth: points of one's own, else the sum of its lines."""
        if self.choice.points is not None:
            return self.choice.points
        return rounded(sum(line.points for line in self.lines)) if self.lines else None

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        choice, was = data["choice"], data["was"]
        return cls(
            choice=Choice(**{**choice, "keys": tuple(choice["keys"])}),
            lines=tuple(RubricLine(**line) for line in data["lines"]),
            points=data["points"],
            comment=data["comment"],
            answer=data["answer"],
            when=data["when"],
            was=None if was is None else cls.from_plain(was),
        )


def made(
    choice: Choice, rubric: Mapping[str, RubricLine], comments: Mapping[str, str], answer: str
) -> Mark:
    """A choice whose keys are all known, with what it comes to."""
    lines = tuple(rubric[key] for key in choice.keys if key in rubric)
    mark = Mark(
        choice=choice,
        lines=lines,
        answer=answer,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    said = [rubric[k].says if k in rubric else comments[k] for k in choice.keys]
    comment = clean_comment("\n\n".join([*said, *([choice.comment] if choice.comment else [])]))
    return dataclasses.replace(mark, points=mark.total, comment=comment)


def as_given(given: Given) -> Mark:
    """What the gradebook holds, whoever gave it, as a mark of one's own points and comment."""
    points = None if given.points is None else rounded(given.points)
    comment = clean_comment(given.comment)
    return Mark(
        choice=Choice(points=points, comment=comment),
        points=given.points,
        comment=comment,
        answer=given.answer,
    )


@dataclass(kw_only=True, slots=True)
class Marks:
    """All marks of a question by student, and the comments that were ever written, in their order:
    the first is called c1.
    """

    path: Path
    mode: int = 0o600
    of: dict[str, Mark] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def named_comments(self) -> dict[str, str]:
        """Earlier comments by their keys."""
        return {f"c{number}": text for number, text in enumerate(self.comments, 1)}

    def standing(self, student: str, given: Given) -> Mark | None:
        """The mark that the gradebook agrees with, None where somebody has decided otherwise."""
        mark = self.of.get(student)
        while mark is not None and not mark.stands(given):
            mark = mark.was
        return mark

    def put(self, student: str, mark: Mark, given: Given) -> None:
        """Notes a mark in the place of what the gradebook holds now."""
        before = self.standing(student, given) or as_given(given)
        self.of[student] = dataclasses.replace(mark, was=dataclasses.replace(before, was=None))
        if mark.choice.comment and mark.choice.comment not in self.comments:
            self.comments.append(mark.choice.comment)

    def write(self) -> None:
        """Writes them. The caller holds the course's lock."""
        of = {student: dataclasses.asdict(mark) for student, mark in self.of.items()}
        data = {"comments": self.comments, "of": of}
        write_whole(self.path, json.dumps(data, indent=1), self.mode)


def marks_of(course: Course, assignment: str, question: str) -> Marks:
    """The marks of a question; raises Refused where they cannot be read."""
    # A question's name may be anything that nbgrader takes.
    name = hashlib.sha256(question.encode()).hexdigest()[:32]
    path = course.private / FOLDER / assignment / f"{name}.json"
    marks = Marks(path=path, mode=course.secret_mode)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        marks.comments = [str(text) for text in data["comments"]]
        marks.of = {student: Mark.from_plain(one) for student, one in data["of"].items()}
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as problem:
        mend = "Put its newest copy in its place: autograder undo lists what is kept."
        raise Refused(f"{path} cannot be read ({problem}).", mend) from problem
    return marks
