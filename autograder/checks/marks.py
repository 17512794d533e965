"""`check` names the exercise that a test function belongs to, and its weight within it; `for_page`
one that tells what pages show of an exercise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from autograder.results import CheckId

PARTS = ("idea", "contract", "details")
"""What a check's points are for: that the matter is understood, that what the text promises of it
is kept, that it is right to the last digit.
"""

Function = TypeVar("Function", bound=Callable[..., None])
_ATTRIBUTE = "_autograder_check"
_FOR_PAGE_S = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What `check` or `for_page` says. `wall_s` limits each call; None is the default."""

    exercise: str
    weight: float = 1.0
    part: str = ""
    wall_s: float | None = None
    for_page: bool = False

    def check_id(self, name: str) -> CheckId:
        return CheckId(exercise=self.exercise, name=name, weight=self.weight)


def check(
    exercise: str, *, weight: float = 1.0, part: str = "", wall_s: float | None = None
) -> Callable[[Function], Function]:
    """Makes a test function a check of `exercise`, the grade_id of its solution cell.

    `weight` is its share within the exercise's points, which stand in the notebook; `part` says
    what these are for, one of PARTS: where an idea is lost, lost details give no hints of their
    own. `wall_s` limits each call on the student's side. Raises ValueError for a weight or limit
    that is not positive, and for another part.

    >>> @check("transpose", weight=2, part="idea")
    ... def test_swaps_the_axes(student, solution, rng):
    ...     matrix = rng.tensor(2, 3)
    ...     expect(student.transpose(matrix), solution.transpose(matrix))
    """
    # Written so that NaN is refused too: its weight would make every total NaN.
    if not 0 < weight < math.inf or not (wall_s is None or wall_s > 0):
        raise ValueError(f"a check of {exercise} has a weight or limit that is not positive")
    if part not in ("", *PARTS):
        raise ValueError(f"a check of {exercise} is of part {part!r}, which is none of {PARTS}")
    mark = Mark(exercise=exercise, weight=weight, part=part, wall_s=wall_s)

    def decorate(function: Function) -> Function:
        setattr(function, _ATTRIBUTE, mark)
        return function

    return decorate


def for_page(exercise: str) -> Callable[[Function], Function]:
    """Makes a function, called `page_…`, tell what pages show of an exercise.

    It is asked before anything hidden, and earns and costs nothing: what it records by pytest's
    `record_property` is kept. It may use `student`, `public_digits` and `course`, and neither `rng`
    nor `hidden_digits`.

    >>> @for_page("model")
    ... def page_training(student, record_property):
    ...     record_property("history", fetch(student.history))
    """
    mark = Mark(exercise=exercise, wall_s=_FOR_PAGE_S, for_page=True)

    def decorate(function: Function) -> Function:
        setattr(function, _ATTRIBUTE, mark)
        return function

    return decorate


def mark_of(function: object) -> Mark | None:
    """The mark that `check` left, or None."""
    mark = getattr(function, _ATTRIBUTE, None)
    return mark if isinstance(mark, Mark) else None
