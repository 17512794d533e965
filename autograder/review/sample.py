"""A sample of finished answers for people to read, and what their verdicts say of all of them.

Answers are sorted by exercise and by how much of it they got, and each n-th is taken from a random
start: each answer is as likely as any other, and each kind comes in its share (systematic sampling
of an ordered list; Cochran, Sampling Techniques, 3rd edition, 1977, chapter 8). So the share of
wrong verdicts is that of the class, and its bound the binomial one, which is if anything too wide.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.course.course import Course
from autograder.errors import KitError
from autograder.expect.printable import printable
from autograder.files import write_whole
from autograder.nbgrader_bridge.class_points import AnswerPoints, class_points
from autograder.nbgrader_bridge.export import csv_text
from autograder.nbgrader_bridge.gradebook import knows
from autograder.nbgrader_bridge.waiting import places

CONFIDENCE: Final = 0.95
COLUMNS: Final = ("student", "exercise", "points", "max_points", "formgrader", "verdict")
RIGHT, WRONG = "right", "wrong"


class NoSample(KitError):
    """A sample that cannot be drawn, or read, as it is."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """An answer that is graded: `shown` is whose it is as Formgrader shows it."""

    student: str
    shown: str
    exercise: str
    points: AnswerPoints
    formgrader: str = ""

    @property
    def kind(self) -> tuple[str, int]:
        """Its exercise, and whether it got nothing of it, a part or all."""
        earned = self.points.points or 0.0
        part = 0 if earned <= 0 else 2 if earned >= self.points.max_points else 1
        return self.exercise, part


def write_sample(
    course: Course, assignment: str, count: int, chance: random.Random, *, names: bool = False
) -> tuple[Path, int]:
    """Writes a sample as CSV, with an empty column for verdicts; where it lies, and of how many
    answers it is. Raises UnknownName and NoSample.
    """
    course.require_assignment(assignment)
    if count < 1:
        raise NoSample("A sample has one answer or more.")
    finished = _finished(course, assignment, names=names)
    if not finished:
        raise NoSample(f"Nothing of {assignment} is graded yet.", "Grade it first.")
    drawn = draw(finished, count, chance)
    path = course.reports / f"{assignment}-sample.csv"
    write_whole(path, _as_csv(drawn), course.secret_mode)
    return path, len(finished)


def draw(finished: Sequence[Finished], count: int, chance: random.Random) -> list[Finished]:
    """Up to `count` answers, each as likely as any other, of each kind in its share."""
    # Within a kind in random order: ids often say who enrolled first.
    shuffled = sorted(finished, key=lambda one: (one.kind, chance.random()))
    count = min(count, len(shuffled))
    step = len(shuffled) / count
    start = chance.random() * step
    return [shuffled[min(int(start + place * step), len(shuffled) - 1)] for place in range(count)]


def verdict_on(path: Path) -> str:
    """What the verdicts in a sample say of all answers, as sentences. Raises NoSample for a file
    that cannot be read, or that holds a verdict that is neither.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as problem:
        raise NoSample(f"{path} cannot be read: {problem}.") from problem
    first = text.split("\n", 1)[0]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ","))
    if not rows or "verdict" not in rows[0]:
        raise NoSample(f"{path} has no column verdict.", "Fill in the file of --sample.")
    verdicts = [(row.get("verdict") or "").strip().casefold() for row in rows]
    for line, verdict in enumerate(verdicts, 2):
        if verdict not in ("", RIGHT, WRONG):
            fact = f"Line {line} of {path} has the verdict {printable(verdict, 40)}."
            raise NoSample(fact, f"Write {RIGHT} or {WRONG}, or leave it empty.")
    return in_words(verdicts.count(WRONG), verdicts.count(RIGHT), verdicts.count(""))


def in_words(wrong: int, right: int, unread: int) -> str:
    """What so many verdicts say."""
    read = wrong + right
    if not read:
        return "No answer has a verdict yet."
    said = (
        f"{wrong} of {read} grades are wrong ({wrong / read:.1%}). With {CONFIDENCE:.0%} certainty "
        f"fewer than {upper_bound(wrong, read):.1%} of the class's are."
    )
    return f"{said} {unread} of the sample have no verdict yet." if unread else said


def upper_bound(found: int, of: int, confidence: float = CONFIDENCE) -> float:
    """Below which share, 0 to 1, what was found `found` times among `of` lies with this confidence:
    one-sided and exact (Clopper and Pearson, 1934).
    """
    if found >= of:
        return 1.0
    low, high = found / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        few = sum(math.comb(of, k) * middle**k * (1 - middle) ** (of - k) for k in range(found + 1))
        low, high = (middle, high) if few > 1 - confidence else (low, middle)
    return high


def _finished(course: Course, assignment: str, *, names: bool) -> list[Finished]:
    if not knows(course.db_url, assignment):
        return []
    where, host = places(course.db_url, assignment), course.settings.review.formgrader_url
    found = []
    for student, answers in class_points(course.db_url, assignment).answers.items():
        place = where[student]
        for exercise, points in answers.items():
            if points.points is not None:
                found.append(
                    Finished(
                        student=student,
                        shown=student if names else place.shown,
                        exercise=exercise,
                        points=points,
                        formgrader=place.address(host),
                    )
                )
    return found


def _as_csv(drawn: Iterable[Finished]) -> str:
    rows = (
        (one.shown, one.exercise, one.points.points, one.points.max_points, one.formgrader, "")
        for one in drawn
    )
    return csv_text(COLUMNS, rows)
