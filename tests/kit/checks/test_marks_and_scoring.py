"""`check`, the accuracy ramp, partial credit."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograder.checks
from autograder.checks.marks import Mark, check, mark_of
from autograder.checks.scoring import Credit, ramp


def test_a_check_remembers_its_exercise_weight_and_limit() -> None:
    @check("transpose", weight=2, wall_s=5)
    def test_a() -> None: ...

    assert mark_of(test_a) == Mark(exercise="transpose", weight=2, wall_s=5)


def test_without_a_word_a_check_weighs_1_and_has_the_usual_limit() -> None:
    @check("transpose")
    def test_a() -> None: ...

    assert mark_of(test_a) == Mark(exercise="transpose", weight=1.0, wall_s=None)


def test_a_check_stays_the_function_it_was() -> None:
    def test_a() -> None: ...

    assert check("transpose")(test_a) is test_a


@pytest.mark.parametrize("weight", [0, -1, math.nan, math.inf])
def test_a_weight_that_is_not_positive_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="a check of transpose has a weight or limit"):
        check("transpose", weight=weight)


@pytest.mark.parametrize("wall_s", [0, -1, math.nan])
def test_a_limit_that_is_not_positive_is_refused(wall_s: float) -> None:
    with pytest.raises(ValueError, match="a check of transpose has a weight or limit"):
        check("transpose", wall_s=wall_s)


@pytest.mark.parametrize("other", [None, 5, lambda: None, type("T", (), {"_autograder_check": 1})])
def test_what_is_not_decorated_has_no_mark(other: Any) -> None:
    assert mark_of(other) is None


@pytest.mark.parametrize(
    ("value", "share"),
    [
        (0.0, 0.0),
        (0.69, 0.0),
        (0.70, 0.0),
        (0.775, 0.5),
        (0.85, 1.0),
        (1.0, 1.0),
        (math.nan, 0.0),
        (math.inf, 0.0),
        (-math.inf, 0.0),
    ],
)
def test_the_ramp_rises_from_the_minimum_to_full_marks(value: float, share: float) -> None:
    assert ramp(value, minimum=0.70, full=0.85) == share


def test_a_ramp_without_a_slope_is_a_step() -> None:
    assert [ramp(value, minimum=0.5, full=0.5) for value in (0.4, 0.5, 0.6)] == [0.0, 1.0, 1.0]


@given(st.floats(), st.floats(0, 1), st.floats(0, 1))
def test_a_share_is_between_0_and_1(value: float, one: float, other: float) -> None:
    assert 0 <= ramp(value, minimum=min(one, other), full=max(one, other)) <= 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_model_never_earns_less(one: float, other: float) -> None:
    worse, better = sorted([one, other])

    assert ramp(worse, minimum=0.7, full=0.85) <= ramp(better, minimum=0.7, full=0.85)


@pytest.mark.parametrize(("share", "kept"), [(0.5, 0.5), (math.nan, 0.0), (math.inf, 0.0)])
def test_credit_keeps_the_share_and_the_fact(share: float, kept: float) -> None:
    credit = Credit()
    credit(share, "accuracy 78 %")

    assert (credit.share, credit.facts) == (kept, ["accuracy 78 %"])


def test_credit_that_nobody_gave_is_none() -> None:
    assert Credit().share is None


@pytest.mark.parametrize("name", autograder.checks.__all__)
def test_the_public_face_has_what_it_promises(name: str) -> None:
    assert getattr(autograder.checks, name).__name__ == name
