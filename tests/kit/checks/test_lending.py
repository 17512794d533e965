"""Right versions of what an answer calls, lent to a notebook in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.checks import Mismatch, expect, fairly, lent
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting
from autograder.namespace.failures import MissingName
from autograder.namespace.space import Link, Space, calls_noted, new_round
from tests.kit.course_maker import LIMITS
from tests.kit.kernels import plan_of

NOTEBOOK = """
def count(parts):
    return len(parts) + 1

def mean(parts):
    return sum(parts) / count(parts)

def mean_of_spread(parts):
    return sum(parts) / count(parts) + spread(parts)

def wrong(parts):
    return max(parts)
"""
RIGHT = """
import math

def count(parts):
    return len(parts)

def spread(parts):
    return _highest(parts) - min(parts)

def _highest(parts):
    return max(parts)
"""


@pytest.fixture(scope="module")
def sitting() -> Iterator[Sitting]:
    cells = [Cell(name="answers", source=NOTEBOOK)]
    with Sitting(cells, plan_of(), LIMITS) as sitting:
        sitting.open()
        yield sitting


@pytest.fixture
def student(sitting: Sitting) -> Space:
    student = Space(Link(sitting, owner="student", wall_s=5.0))
    new_round(student)
    return student


def test_within_it_the_answers_call_the_right_functions(student: Space) -> None:
    with lent(student, RIGHT):
        found = student.mean([1, 2, 6]), student.mean_of_spread([1, 2, 6])

    assert found == (3.0, 8.0)


def test_afterwards_the_notebook_has_its_own_functions(student: Space) -> None:
    with lent(student, RIGHT):
        pass

    assert student.mean([1, 2, 6]) == 9 / 4


@pytest.mark.parametrize("name", ["spread", "math", "_highest"])
def test_afterwards_nothing_is_left_of_what_was_lent(student: Space, name: str) -> None:
    with lent(student, RIGHT):
        pass

    with pytest.raises(MissingName):
        getattr(student, name)


@pytest.mark.parametrize("name", ["math", "_highest"])
def test_what_is_not_the_public_functions_is_not_lent(student: Space, name: str) -> None:
    with lent(student, RIGHT), pytest.raises(MissingName):
        getattr(student, name)


def test_a_failure_within_it_takes_the_lent_functions_away_too(student: Space) -> None:
    with pytest.raises(Mismatch), lent(student, RIGHT):
        expect(student.wrong([1, 2, 6]), 3.0)

    assert student.count([1, 2, 6]) == 4
    with pytest.raises(MissingName):
        _ = student.spread


def test_a_mistake_in_what_an_answer_calls_costs_it_nothing(student: Space) -> None:
    fairly(student, RIGHT, lambda: expect(student.mean([1, 2, 6]), 3.0))


def test_a_name_that_is_missing_costs_what_calls_it_nothing(student: Space) -> None:
    fairly(student, RIGHT, lambda: expect(student.mean_of_spread([1, 2, 6]), 8.0))


def test_a_wrong_answer_stays_wrong_beside_right_functions(student: Space) -> None:
    with pytest.raises(Mismatch):
        fairly(student, RIGHT, lambda: expect(student.wrong([1, 2, 6]), 3.0))


def test_a_right_answer_is_looked_at_once(student: Space) -> None:
    looks = []

    fairly(student, RIGHT, lambda: looks.append(student.wrong([1, 2])))

    assert looks == [2]


def test_an_answer_that_calls_nothing_of_others_is_looked_at_once(student: Space) -> None:
    looks = []

    def look() -> None:
        looks.append(student.wrong([1, 2, 6]))
        expect(looks[-1], 3)

    with pytest.raises(Mismatch):
        fairly(student, RIGHT, look)
    assert looks == [6]


def test_an_answer_that_calls_others_is_looked_at_twice(student: Space) -> None:
    looks = []

    def look() -> None:
        looks.append(student.mean([1, 2, 6]))
        expect(looks[-1], 4)

    with pytest.raises(Mismatch):
        fairly(student, RIGHT, look)
    assert looks == [9 / 4, 3]


def test_what_the_kit_asks_for_this_is_no_call_of_the_check(student: Space) -> None:
    with calls_noted(student, {}) as log, pytest.raises(Mismatch):
        fairly(student, RIGHT, lambda: expect(student.mean_of_spread([1, 2, 6]), 4))

    assert [call.text for call in log.calls] == ["mean_of_spread(a list)"] * 2
