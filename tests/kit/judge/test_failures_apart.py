"""An answer that ends the kernel costs its own exercise, and none that only calls it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from autograder.authoring.trial import Trial
from autograder.course.course import open_course
from autograder.judge.records import TimeLimits
from autograder.results import Outcome, Report
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
# Long enough for right answers on a busy machine.
LIMITS = TimeLimits(cell_s=20.0, call_s=8.0, submission_s=600.0)
ENDLESS = "    while True:\n        pass\n"
DIES = "    import os\n    os._exit(1)\n"
STEP = "def train_step(model, X, y, loss_fn, optimizer):\n"


@pytest.fixture(scope="module")
def trial() -> Trial:
    made = Trial(open_course(load(ROOT)), "4-training")
    made.judge.limits = LIMITS
    return made


def graded(trial: Trial, **answers: str) -> Report:
    cells = [
        dataclasses.replace(cell, source=answers.get(cell.name, cell.source))
        for cell in trial.cells
    ]
    return trial.judge.grade(cells).report


def lost(report: Report) -> set[str]:
    return {one.exercise for one in report.exercises if one.points < one.max_points}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("body", [ENDLESS, DIES])
def test_a_step_that_ends_the_kernel_costs_the_step_alone(trial: Trial, body: str) -> None:
    report = graded(trial, train_step=STEP + body)

    assert lost(report) == {"train_step"}
    outcomes = {check.outcome for check in report.exercise("train_step").checks}
    assert outcomes & {Outcome.TIMEOUT, Outcome.DIED}


@pytest.mark.timeout(600)
def test_a_loop_of_its_own_that_never_ends_is_not_forgiven(trial: Trial) -> None:
    head = "def train(dataloader, model, loss_fn, optimizer):\n"

    report = graded(trial, train=head + ENDLESS)

    assert report.exercise("train").points == 0
    assert lost(report) == {"train"}
