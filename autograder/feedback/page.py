"""What stands at the top of a student's page, as records: what was earned, lost, is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from autograder.feedback.block import STUDENT, Audience
from autograder.results import ExerciseResult, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture that an answer drew: its type, `image/png`, and its content in base64."""

    mime: str
    content: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A student's question about an exercise's grade and its answer, "" where there is none yet:
    both are Markdown. `asked` and `answered` are days in words.
    """

    text: str
    asked: str
    answer: str = ""
    answered: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One exercise or written answer of a submission, with its points as the gradebook has them.

    `points` is None where nobody has given any yet. `by_hand` says that a person gave them, in the
    place of the checks' `by_checks`; `again` that a person will look at it once more, because the
    answer has changed since. `cell` is the graded cell of the notebook, `anchor` that of the
    answer, `comment` is Markdown, `solution` the reference, "" where it is not to be shown.
    `for_page` is what the checks tell of it for pages: see `Report`. `questions` are those that the
    student has asked about its grade.
    """

    name: str
    max_points: float
    points: float | None = None
    written: bool = False
    unanswered: bool = False
    by_hand: bool = False
    by_checks: float | None = None
    again: bool = False
    cell: str = ""
    anchor: str = ""
    answer: str = ""
    comment: str = ""
    solution: str = ""
    result: ExerciseResult | None = None
    for_page: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def lost(self) -> float:
        """How many of its points were not given; 0 for what nobody has read yet."""
        return 0.0 if self.points is None else max(round(self.max_points - self.points, 2), 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An exercise that lost points in this hand-in or in the one before it: its points by checks,
    before and now.
    """

    name: str
    before: float
    now: float
    max_points: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """What changed since an earlier hand-in: `day` is when that was graded, in words."""

    day: str
    changes: tuple[Change, ...] = ()

    @property
    def gained(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.now > one.before)

    @property
    def lost(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.now < one.before)

    @property
    def still_open(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.now == one.before < one.max_points)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The top of a page. `due` is when the assignment is due for this student, `late_s` how many
    seconds after it the hand-in came, `penalty` the points that this costs; `is_over` says whether
    `due` has passed. `file` is which file was graded, with its hand-in code; `stands` says of what
    day the result is, where today's hand-in could not be graded.
    """

    assignment: str
    items: tuple[Item, ...] = ()
    handed_in: datetime | None = None
    due: datetime | None = None
    is_over: bool = False
    late_s: float = 0.0
    penalty: float = 0.0
    file: str = ""
    stands: str = ""
    notes: tuple[str, ...] = ()
    since: Since | None = None
    audience: Audience = field(default=STUDENT)

    @property
    def given(self) -> tuple[Item, ...]:
        """What has points."""
        return tuple(item for item in self.items if item.points is not None)

    @property
    def unread(self) -> tuple[Item, ...]:
        """What nobody has given points for yet."""
        return tuple(item for item in self.items if item.points is None)

    @property
    def points(self) -> float:
        """What was earned so far, less the penalty."""
        return round(max(sum(item.points or 0.0 for item in self.given) - self.penalty, 0.0), 2)

    @property
    def max_points(self) -> float:
        """What could be earned in all that has points."""
        return round(sum(item.max_points for item in self.given), 2)

    @property
    def lost(self) -> tuple[Item, ...]:
        """Answers that lost points."""
        return tuple(item for item in self.given if item.lost and not item.unanswered)

    @property
    def unanswered(self) -> tuple[Item, ...]:
        """What was left as it was released, and has no points for that."""
        return tuple(item for item in self.given if item.lost and item.unanswered)

    @property
    def full(self) -> tuple[Item, ...]:
        """What has all its points."""
        return tuple(item for item in self.given if not item.lost)


def changes(before: Report, now: Report) -> tuple[Change, ...]:
    """The exercises that lost points before or lose some now; none that waits for a person, or is
    worth something else by now.
    """
    worth = {one.exercise: one.max_points for one in now.exercises if not one.undecided}
    earlier = {
        one.exercise: one
        for one in before.exercises
        if not one.undecided and worth.get(one.exercise) == one.max_points
    }
    return tuple(
        Change(
            name=one.exercise,
            before=earlier[one.exercise].points,
            now=one.points,
            max_points=one.max_points,
        )
        for one in now.exercises
        if one.exercise in earlier
        and min(one.points, earlier[one.exercise].points) < one.max_points
    )
