"""How points follow from checks: the default is 0, and nothing leaves 0 to the maximum."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.results import (
    CheckId,
    CheckResult,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
    Sentence,
    close,
)

REASON = "Not run: the kernel ended."


def a_check(name: str = "test_a", *, exercise: str = "transpose", weight: float = 1.0) -> CheckId:
    return CheckId(exercise=exercise, name=name, weight=weight)


def a_result(
    credit: float = 1.0, *, outcome: Outcome = Outcome.PASSED, weight: float = 1.0, name: str = "a"
) -> CheckResult:
    return CheckResult(check=a_check(name, weight=weight), outcome=outcome, credit=credit)


def an_exercise(*results: CheckResult, max_points: float = 2.0) -> ExerciseResult:
    return ExerciseResult(exercise="transpose", max_points=max_points, checks=results)


def closed(*found: CheckResult, expected: list[CheckId] | None = None) -> Report:
    checks = [a_check("test_a"), a_check("test_b")] if expected is None else expected
    heard = {(result.check.exercise, result.check.name): result for result in found}
    return close("1-tensors", {"transpose": 2.0}, checks, heard, reason=REASON)


def test_a_check_that_nothing_was_heard_of_is_0_with_the_reason() -> None:
    report = closed(a_result(name="test_a"))

    (lost,) = [c for c in report.exercise("transpose").checks if c.check.name == "test_b"]
    assert (lost.outcome, lost.credit, lost.said_to(Reader.STUDENT)) == (
        Outcome.NOT_RUN,
        0.0,
        [REASON],
    )


def test_what_was_not_heard_of_counts_in_the_total() -> None:
    assert closed(a_result(name="test_a")).points == 1.0


def test_an_exercise_with_an_undecided_check_has_no_points_and_waits_for_a_person() -> None:
    undecided = a_result(name="test_b", outcome=Outcome.UNDECIDED)

    report = closed(a_result(name="test_a"), undecided)

    assert (report.points, report.undecided) == (0.0, ("transpose",))


def test_silence_is_no_points() -> None:
    assert closed().points == 0.0


def test_an_exercise_without_checks_is_0_with_a_reason() -> None:
    report = closed(expected=[])

    (check,) = report.exercise("transpose").checks
    assert (report.points, check.outcome) == (0.0, Outcome.NOT_RUN)
    assert check.said_to(Reader.STUDENT) == ["This exercise has no check: tell your instructor."]


def test_a_result_that_no_check_was_expected_for_earns_nothing() -> None:
    assert closed(a_result(name="test_forged"), expected=[a_check("test_a")]).points == 0.0


def test_a_check_of_an_exercise_that_is_not_graded_is_not_dropped_in_silence() -> None:
    with pytest.raises(KeyError, match="elsewhere"):
        closed(expected=[a_check("test_a", exercise="elsewhere")])


def test_exercises_keep_the_order_of_the_notebook() -> None:
    report = close("1-tensors", {"b": 1, "a": 1}, [], {}, reason=REASON)

    assert [e.exercise for e in report.exercises] == ["b", "a"]


@pytest.mark.parametrize(
    ("given_credit", "earned"),
    [
        (1.0, 1.0),
        (0.25, 0.25),
        (-0.5, 0.0),
        (1.5, 1.0),
        (math.nan, 0.0),
        (math.inf, 0.0),
        (-math.inf, 0.0),
    ],
)
def test_credit_stays_between_0_and_1(given_credit: float, earned: float) -> None:
    assert a_result(given_credit).credit == earned


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.PASSED])
def test_only_a_passed_check_earns(outcome: Outcome) -> None:
    assert a_result(1.0, outcome=outcome).credit == 0.0


@pytest.mark.parametrize(
    ("credits_and_weights", "max_points", "points"),
    [
        ([(1, 1), (1, 1)], 2, 2.0),
        ([(1, 1), (0, 1)], 2, 1.0),
        ([(1, 2), (0, 1)], 1, 0.67),
        ([(1, 1), (0, 2)], 1, 0.33),
        ([(0.5, 1)], 5, 2.5),
        ([(1 / 3, 1)], 10, 3.33),
        ([(1, 1)], 0.125, 0.125),
        ([(1, 0.1), (1, 0.2), (1, 0.3)], 0.3, 0.3),
        ([(0.999, 1)], 1, 1.0),
        ([(1, 1)], 0, 0),
        ([(1, 0)], 2, 0.0),
        ([(1, -1)], 2, 0.0),
        ([(1, math.nan), (1, 1)], 2, 0.0),
        ([(1, math.inf), (1, 1)], 2, 0.0),
        ([], 2, 0.0),
    ],
)
def test_points_are_the_weighted_share_in_hundredths(
    credits_and_weights: list[tuple[float, float]], max_points: float, points: float
) -> None:
    results = [a_result(credit, weight=weight) for credit, weight in credits_and_weights]

    assert an_exercise(*results, max_points=max_points).points == points


@given(
    st.lists(st.tuples(st.floats(), st.floats(0, 1e6), st.sampled_from(list(Outcome))), max_size=6),
    st.floats(0, 1000),
)
def test_points_never_leave_0_to_the_maximum(
    checks: list[tuple[float, float, Outcome]], max_points: float
) -> None:
    results = [a_result(credit, outcome=how, weight=weight) for credit, weight, how in checks]

    assert 0 <= an_exercise(*results, max_points=max_points).points <= max_points


def test_full_marks_on_every_exercise_are_the_reports_maximum() -> None:
    exercises = tuple(
        ExerciseResult(exercise=name, max_points=points, checks=(a_result(),))
        for name, points in (("a", 0.1), ("b", 0.2), ("c", 0.7))
    )

    report = Report(assignment="1-tensors", exercises=exercises)

    assert (report.points, report.max_points) == (1.0, 1.0)


def test_an_exercise_that_the_assignment_has_not_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="typo"):
        closed().exercise("typo")


@pytest.mark.parametrize(
    ("reader", "texts"),
    [
        (Reader.STUDENT, ["for students"]),
        (Reader.TA, ["for students", "for TAs"]),
        (Reader.INSTRUCTOR, ["for students", "for TAs", "for instructors"]),
    ],
)
def test_a_reader_gets_the_sentences_written_for_them(reader: Reader, texts: list[str]) -> None:
    sentences = (
        Sentence(text="for students"),
        Sentence(text="for TAs", reader=Reader.TA),
        Sentence(text="for instructors", reader=Reader.INSTRUCTOR),
    )
    result = CheckResult(check=a_check(), outcome=Outcome.FAILED, sentences=sentences)

    assert result.said_to(reader) == texts


def test_a_checks_title_is_its_name_in_words() -> None:
    assert a_check("test_swaps_the_axes").title == "swaps the axes"
