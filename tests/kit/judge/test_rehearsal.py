"""One answer after another in one notebook: nothing of one is there for the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.trial import Trial
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried, try_one
from autograder.judge.rehearsal import Rehearsal
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, Mini

RIGHT = ANSWERS["transpose"]


@pytest.fixture(scope="module")
def trial(released: Mini) -> Trial:
    return Trial(released.course, ASSIGNMENT)


@pytest.fixture(scope="module")
def rehearsal(trial: Trial) -> Iterator[Rehearsal]:
    assert trial.of_solution() == []
    with Rehearsal(trial.cells, trial.judge.plan, trial.judge.limits) as opened:
        yield opened


def tried(trial: Trial, rehearsal: Rehearsal, exercise: str, source: str) -> Tried:
    answer = Answer(exercise=exercise, path=Path(), source=source, symptom="")
    return try_one(trial.judge, rehearsal, answer, visible=trial.visible[exercise])


def is_right(one: Tried) -> bool:
    return one.result.points == one.result.max_points and one.at_home == ""


def test_a_star_import_is_gone_before_the_next_answer(trial: Trial, rehearsal: Rehearsal) -> None:
    star = f"from torch import *\nrange = float = None\n\n{RIGHT}"

    first = tried(trial, rehearsal, "transpose", star)
    total = "def total(numbers):\n    return float(numbers[range(len(numbers))].sum())\n"
    others = [
        tried(trial, rehearsal, "total", total),
        tried(trial, rehearsal, "transpose", RIGHT),
    ]

    assert first.result.points == first.result.max_points
    assert [is_right(one) for one in others] == [True, True]


def test_a_helper_of_one_answer_is_missing_for_the_next(trial: Trial, rehearsal: Rehearsal) -> None:
    helped = "def turned(m):\n    return m.T\n\ndef transpose(m):\n    return turned(m)\n"
    leaning = "def transpose(m):\n    return turned(m)\n"

    assert is_right(tried(trial, rehearsal, "transpose", helped))
    assert tried(trial, rehearsal, "transpose", leaning).result.points == 0


def test_after_an_answer_that_ended_the_kernel_the_next_is_asked(
    trial: Trial, rehearsal: Rehearsal
) -> None:
    ends = "import os\n\ndef transpose(m):\n    os._exit(3)\n"

    assert tried(trial, rehearsal, "transpose", ends).result.points == 0
    assert is_right(tried(trial, rehearsal, "transpose", RIGHT))
    assert is_right(tried(trial, rehearsal, "total", ANSWERS["total"]))


def test_what_an_answer_sets_for_all_is_as_it_was_for_the_next(
    trial: Trial, rehearsal: Rehearsal
) -> None:
    sets = (
        "import matplotlib, matplotlib.pyplot\n"
        "def transpose(m):\n    matplotlib.rcParams['image.cmap'] = 'gray'\n"
        "    torch.set_default_dtype(torch.float64)\n    return m.T\n"
    )
    asks = (
        "import matplotlib\n"
        "def transpose(m):\n"
        "    if (matplotlib.rcParams['image.cmap'], torch.rand(1).dtype) != "
        "('viridis', torch.float32):\n        raise ValueError\n    return m.T\n"
    )

    first, then = (tried(trial, rehearsal, "transpose", one) for one in (sets, asks))

    assert first.result.points > 0
    assert is_right(then)


def test_rounds_of_two_answers_are_never_taken_for_one(rehearsal: Rehearsal) -> None:
    assert rehearsal.new_round(1) != rehearsal.new_round(1)


def test_the_fresh_kernel_is_one_for_all_answers_and_ends_with_them(trial: Trial) -> None:
    with Rehearsal(trial.cells, trial.judge.plan, trial.judge.limits) as opened:
        with opened.fresh_kernel() as first:
            assert first.open()
        with opened.fresh_kernel() as second:
            assert second is first
            assert second.alive
    assert not first.alive
