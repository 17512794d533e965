"""What grading anew moves: which exercises, and why in a check's words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from autograder.feedback.moved import Moved, difference, falls, move_line, moved
from autograder.results import (
    CheckId,
    CheckResult,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
    Sentence,
)

FOR_TA = Sentence(text="It is 7, expected 8.", reader=Reader.TA, holds_values=True)


def an_exercise(name: str, credits_: Mapping[str, float], worth: float = 4.0) -> ExerciseResult:
    checks = tuple(
        CheckResult(
            check=CheckId(exercise=name, name=f"test_{check}"),
            outcome=Outcome.PASSED if credit else Outcome.FAILED,
            credit=credit,
            sentences=() if credit == 1 else (Sentence(text=f"{check} differs."), FOR_TA),
        )
        for check, credit in credits_.items()
    )
    return ExerciseResult(exercise=name, max_points=worth, checks=checks)


def a_report(*exercises: ExerciseResult) -> Report:
    return Report(assignment="a1", exercises=exercises)


def test_what_has_the_same_points_does_not_move() -> None:
    before = a_report(an_exercise("x", {"one": 1.0, "two": 0.0}))
    now = a_report(an_exercise("x", {"one": 0.0, "two": 1.0}))

    assert moved(before, now) == ()


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ({"one": 1.0, "two": 1.0}, {"one": 1.0, "two": 0.0}, "two: two differs."),
        ({"one": 1.0}, {"one": 1.0, "new": 0.0}, "new: new differs."),
        ({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 0.0, "b": 0.0, "c": 1.0}, "a: a differs. (and 1"),
        ({"one": 0.0}, {"one": 1.0}, "one gives more now; it said: one differs."),
        ({"one": 1.0, "old": 0.0}, {"one": 1.0}, "old is gone; it said: old differs."),
        ({"one": 1.0, "two": 0.0}, {"one": 1.0, "two": 0.0, "new": 1.0}, "its points, or the"),
    ],
)
def test_why_is_the_sentence_of_the_check_that_takes_or_gives(
    before: dict[str, float], now: dict[str, float], why: str
) -> None:
    (move,) = moved(a_report(an_exercise("x", before)), a_report(an_exercise("x", now)))

    assert move.why.startswith(why)


def test_an_exercise_that_came_or_went_moves_too() -> None:
    x, y = an_exercise("x", {"one": 1.0}), an_exercise("y", {"one": 1.0})

    came, went = moved(a_report(x), a_report(y))

    assert (came.exercise, came.before, came.now, came.why) == (
        "y",
        0,
        4,
        "it was not graded before",
    )
    assert (went.exercise, went.now, went.max_points) == ("x", 0, 0)


def test_what_a_person_gave_moves_no_grade() -> None:
    before = a_report(an_exercise("x", {"a": 1.0}), an_exercise("y", {"a": 0.0}, worth=1.0))
    now = a_report(an_exercise("x", {"a": 0.0}), an_exercise("y", {"a": 1.0}, worth=1.0))

    assert difference(moved(before, now)) == -3.0
    assert falls(moved(before, now))
    by_hand = moved(before, now, {"x"})
    assert (difference(by_hand), falls(by_hand)) == (1.0, False)
    assert "(a person's points stand in their place)" in move_line(by_hand[0])


def test_less_than_is_kept_is_no_fall() -> None:
    move = Moved(exercise="x", before=1.0, now=1.0 - 1e-9, max_points=1.0)

    assert not falls([move])
    assert not falls([])
