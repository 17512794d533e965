"""Answers as witnesses of a broken check: who of them would make `verify` complain?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from autograder.authoring.broken_checks import Broken
from autograder.authoring.line_watch import Line
from autograder.authoring.trial import STUB, complaint
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried
from autograder.judge.records import Cell
from autograder.results import Outcome


class Kind(StrEnum):
    """What an answer has to get."""

    SOLUTION = "solution"
    STUB = "stub"
    MISTAKE = "mistakes"
    VARIANT = "variants"
    MUTANT = "mutants"


@dataclass(frozen=True, kw_only=True)
class Witness:
    """An answer with what it is; `points` are what it earns by the checks as they are."""

    kind: Kind
    answer: Answer
    points: float | None = None

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.answer.name}"

    def complaint(self, tried: Tried) -> str:
        """What is not as it should be in this result of the answer, or ""."""
        match self.kind:
            case Kind.SOLUTION | Kind.VARIANT:
                return complaint(tried)
            case Kind.STUB:
                return "earns points" if any(c.credit for c in tried.result.checks) else ""
            case Kind.MISTAKE:
                return complaint(tried) or self._earns_more(tried)
        undecided = any(c.outcome is Outcome.UNDECIDED for c in tried.result.checks)
        lost = any(c.credit < 1 for c in tried.result.checks)
        return self._earns_more(tried) if lost and not undecided else "is no longer killed"

    def _earns_more(self, tried: Tried) -> str:
        # A wrong answer loses in proportion to what it misses: a line may be there for that alone.
        more = self.points is not None and tried.result.points > self.points
        return f"earns {tried.result.points:g} instead of {self.points:g}" if more else ""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a witness did with the checks as they are: which of their lines it came to, at which an
    exception went through, and what `verify` says of it, or "".
    """

    witness: Witness
    run: frozenset[Line]
    raised: frozenset[Line]
    wall_s: float
    points: float
    complaint: str


def witnesses(
    answers: Sequence[Answer], exercise: str, mutants: Sequence[Answer] = ()
) -> list[Witness]:
    """All that may tell of one exercise's checks, but for the reference's own answer.

    `answers` are those of the assignment; `mutants` of the reference's answer lose points now.
    """
    own = [answer for answer in answers if answer.exercise == exercise]
    stub = Answer(exercise=exercise, path=Path("stub"), source=STUB, symptom="")
    return [
        *(Witness(kind=Kind.MISTAKE, answer=answer) for answer in own if answer.fails),
        Witness(kind=Kind.STUB, answer=stub),
        *(Witness(kind=Kind.VARIANT, answer=answer) for answer in own if not answer.fails),
        *(Witness(kind=Kind.MUTANT, answer=answer) for answer in mutants),
    ]


def solution(cells: Sequence[Cell], exercise: str) -> Witness:
    """The reference's own answer."""
    source = "".join(cell.source for cell in cells if cell.name == exercise)
    own = Answer(exercise=exercise, path=Path("solution"), source=source, symptom="")
    return Witness(kind=Kind.SOLUTION, answer=own)


def in_order(broken: Broken, heard: Sequence[Heard], noticed_before: str = "") -> list[Witness]:
    """Who is asked about a broken version, the likeliest to notice it first.

    Left out is for whom nothing has changed: who does not come to the place, or came through a
    statement that now only asks less. First comes who noticed it when it was asked last, then
    whose failure went through the place.
    """
    may = [one for one in heard if not one.complaint and _is_concerned(broken, one)]
    concerned = frozenset(name for names in broken.checks.values() for name in names)

    def place(one: Heard) -> tuple[bool, bool, bool, int, float]:
        return (
            one.witness.name != noticed_before,
            not _comes_to(broken, one.raised),
            not concerned & set(one.witness.answer.fails),
            # Who fails at this place alone loses nothing more once it is gone.
            len(one.raised),
            one.wall_s,
        )

    return [replace(one.witness, points=one.points) for one in sorted(may, key=place)]


def _is_concerned(broken: Broken, one: Heard) -> bool:
    return _comes_to(broken, one.raised if broken.only_loosens else one.run)


def _comes_to(broken: Broken, lines: frozenset[Line]) -> bool:
    if broken.is_constant:
        return True
    return any((broken.file, n) in lines for n in range(broken.line, broken.last + 1))
