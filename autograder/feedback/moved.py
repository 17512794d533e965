"""What grading anew moves: an exercise's points before and now, and why, in a check's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from autograder.feedback.block import first_words, points
from autograder.results import CheckResult, ExerciseResult, Reader, Report

_NOTHING = 0.005  # Points are kept to hundredths.


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """An exercise whose points by checks are others than before. `why` is for TAs and holds hidden
    values; `by_hand` says that a person's points stand in their place, so the grade does not move.
    """

    exercise: str
    before: float
    now: float
    max_points: float
    why: str = ""
    by_hand: bool = False


def moved(before: Report, now: Report, by_hand: Collection[str] = ()) -> tuple[Moved, ...]:
    """The exercises whose points differ; `by_hand` are those that a person has given points.

    One that waits for a person counts as 0: it has no points by checks.
    """
    return tuple(_moved(before, now, by_hand))


def _moved(before: Report, now: Report, by_hand: Collection[str]) -> Iterator[Moved]:
    earlier = {one.exercise: one for one in before.exercises}
    present = {one.exercise: one for one in now.exercises}
    for name in dict.fromkeys([*present, *earlier]):
        old, new = earlier.get(name), present.get(name)
        had, has = (one.points if one is not None else 0.0 for one in (old, new))
        if abs(has - had) >= _NOTHING:
            yield Moved(
                exercise=name,
                before=had,
                now=has,
                max_points=new.max_points if new is not None else 0.0,
                why=_why(old, new),
                by_hand=name in by_hand,
            )


def difference(moves: Iterable[Moved]) -> float:
    """By how many points the grade moves in all: below 0 where it falls."""
    return round(sum(one.now - one.before for one in moves if not one.by_hand), 2)


def falls(moves: Iterable[Moved]) -> bool:
    """Whether the grade loses points in all."""
    return difference(moves) <= -_NOTHING


def _why(old: ExerciseResult | None, new: ExerciseResult | None) -> str:
    if new is None:
        return "the assignment grades it no more"
    if old is None:
        return "it was not graded before"
    if new.points < old.points:
        return _lost(new, {one.check.name: one.credit for one in old.checks})
    return _gained(old, {one.check.name: one.credit for one in new.checks})


def _lost(new: ExerciseResult, earned: dict[str, float]) -> str:
    # A check that is new has taken what it does not give.
    changed = [one for one in new.checks if one.credit < earned.get(one.check.name, 1.0)]
    if not changed:
        return _OTHERWISE
    return f"{changed[0].check.title}: {_says(changed)}"


def _gained(old: ExerciseResult, earns: dict[str, float]) -> str:
    changed = [one for one in old.checks if one.credit < earns.get(one.check.name, 1.0)]
    if not changed:
        return _OTHERWISE
    first = changed[0].check
    now = "gives more now" if first.name in earns else "is gone"
    return f"{first.title} {now}; it said: {_says(changed)}"


_OTHERWISE = "its points, or the weights of its checks, have changed"


def _says(checks: list[CheckResult]) -> str:
    more = f" (and {len(checks) - 1} more)" if len(checks) > 1 else ""
    return f"{first_words(checks[0], Reader.TA)}{more}"


def move_line(one: Moved) -> str:
    """A move as a line: "transpose: 3 before, now 1 of 3: swaps the axes: …"."""
    hidden = " (a person's points stand in their place)" if one.by_hand else ""
    score = f"{points(one.before)} before, now {points(one.now)} of {points(one.max_points)}"
    return f"{one.exercise}: {score}{hidden}: {one.why}"
