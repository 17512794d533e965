"""A closer look: what it sees joins the fingerprint, and it changes nothing else."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import (
    alike,
    as_number,
    closer_look,
    expect,
    hints,
    is_rounded,
    real_numbers,
)
from autograder.results import Outcome
from tests.kit.checks.conftest import Course

CHECK = """
from autograder.checks import closer_look

@check("half")
def test_it(student, solution):
    with closer_look(lambda: student.nothing()):
        expect(student.half(7), solution.half(7), name="half(7)")
"""
WRONG = "def half(n):\n    return n * 2\ndef nothing():\n    {}\n"


def test_an_answer_that_passes_is_not_looked_at_again() -> None:
    looks: list[int] = []

    with closer_look(lambda: looks.append(1)):
        expect(3, 3)

    assert looks == []


def test_what_a_closer_look_sees_joins_the_fingerprint(course: Course) -> None:
    seen = []
    for body in ("return 3", "return 'three'", "raise ValueError('three')"):
        course.student = WRONG.format(body)
        result = course.results(CHECK)["test_it"]
        assert result.outcome is Outcome.FAILED
        seen.append(result.observed)

    assert len(set(seen)) == 3


def test_the_finding_is_still_what_the_check_found(course: Course) -> None:
    course.student = WRONG.format("raise ValueError('three')")

    (fact, *_) = course.results(CHECK)["test_it"].sentences

    assert "half(7)" in fact.text


def test_an_exception_of_the_answer_is_looked_at_too(course: Course) -> None:
    course.student = "def half(n):\n    raise ValueError('no')\ndef nothing():\n    return 3\n"

    result = course.results(CHECK)["test_it"]

    assert result.outcome is Outcome.ERROR
    assert len(result.observed) == 2


@pytest.mark.parametrize(("result", "number"), [(torch.tensor(2), 2.0), (3, 3.0), ("3", "3")])
def test_what_stands_for_no_number_stays_what_it_is(result: object, number: object) -> None:
    assert as_number(result) == number


def test_real_numbers_are_float64_without_a_graph() -> None:
    numbers = real_numbers(torch.ones(2, dtype=torch.int32), (2,))

    assert numbers is not None
    assert numbers.dtype == torch.float64
    assert real_numbers(torch.ones(2, requires_grad=True), (2,)) is not None


@pytest.mark.parametrize(
    "result", [None, [1.0, 2.0], torch.ones(3), torch.ones(2).to("meta"), torch.ones(2) * 1j]
)
def test_other_results_are_no_real_numbers_of_a_shape(result: object) -> None:
    assert real_numbers(result, (2,)) is None


def test_alike_is_what_expect_takes_for_the_same() -> None:
    assert alike(torch.ones(2), torch.ones(2))
    assert alike(1.004, 1.0, rtol=0.01)
    assert not alike(1.004, 1.0)
    assert not alike(torch.ones(2), [1.0, 1.0])


SHOWN = """
from autograder.checks import hints, shown_by

@check("half")
def test_it(student, solution):
    trials = (
        (lambda: student.half(2), 1, "Try 2."),
        (lambda: student.half(3), 1, "Try 3."),
    )
    with hints(values=lambda: shown_by(*trials, other="Try others.")):
        expect(student.half(9), solution.half(9), name="half(9)")
"""


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("return n", "Try 2."),
        ("return n // 2 + (n > 2)", "Try 3."),
        ("return {9: 7}.get(n, n // 2)", "Try others."),
        ("return {9: 7}[n]", "Try 2."),
    ],
)
def test_a_hint_proposes_what_shows_the_fault(course: Course, body: str, hint: str) -> None:
    course.student = f"def half(n):\n    {body}\n"

    assert course.results(SHOWN)["test_it"].hint == hint


def test_no_hint_is_asked_for_where_the_answer_is_right() -> None:
    asked: list[str] = []

    def hint() -> str:
        asked.append("asked")
        return "Try 2."

    with hints(values=hint):
        expect(3, 3)

    assert asked == []


@pytest.mark.parametrize(
    ("result", "right", "rounded"),
    [
        (0.33, 1 / 3, True),
        (0.0, 1 / 3, True),
        (1 / 3, 1 / 3, False),
        (0.34, 1 / 3, False),
        ("0.33", 1 / 3, False),
    ],
)
def test_a_number_with_fewer_digits_is_known(result: object, right: float, rounded: bool) -> None:
    assert is_rounded(result, right) is rounded
