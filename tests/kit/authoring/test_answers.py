"""The course tests itself: what each answer says of itself is what the hidden checks find."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch

from autograder.authoring.trial import Trial
from autograder.authoring.verifying import answers, verify
from autograder.course.cells import judged_cells
from autograder.course.course import Course, open_course
from autograder.diagnosis.answers import mistakes, variants
from autograder.diagnosis.trying import Tried
from autograder.marking.bench import judge_in_place
from autograder.settings.load import load

OUTCOMES = Path(__file__).with_name("outcomes")
ROOT = Path(__file__).parents[3]
ASSIGNMENTS = ("1-tensors", "2-data", "3-network", "4-training", "5-saving")
COURSE = open_course(load(ROOT))


# Those marked as long are tried by `make verify`, not by `make test`.
LONG = ("2-data", "3-network", "4-training", "5-saving")


@pytest.mark.parametrize(
    "assignment",
    [pytest.param(one, marks=[pytest.mark.long] * (one in LONG)) for one in ASSIGNMENTS],
)
@pytest.mark.timeout(600)
def test_solution_stub_mistakes_and_variants_get_what_they_should(
    course: Course, assignment: str
) -> None:
    seen: list[Tried] = []

    tried = dict(verify(course, assignment, seen=[seen.append]))

    assert [line for found in tried.values() for line in found] == []
    assert {"solution", "stub"} < set(tried)
    # What each answer gets, and by which checks: a change of speed or of structure changes none.
    # `AUTOGRADER_WRITE_OUTCOMES=1` writes the table anew, where checks or answers are changed.
    order = [answer.path for answer in answers(course, assignment)]
    rows = [row(one) for one in sorted(seen, key=lambda one: order.index(one.answer.path))]
    table = OUTCOMES / f"{assignment}.txt"
    if os.environ.get("AUTOGRADER_WRITE_OUTCOMES"):
        table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert rows == table.read_text(encoding="utf-8").splitlines()


def row(tried: Tried) -> str:
    """An answer's line: its points, each check that it has not passed whole, and whether a mistake
    passes its visible check.
    """
    kind = "mistake" if tried.answer.fails else "variant"
    points = f"{tried.result.points:g} of {tried.result.max_points:g}"
    lost = [
        f"{one.check.name} {one.outcome.value}" + (f" {one.credit:.2f}" if one.credit else "")
        for one in tried.result.checks
        if one.credit < 1
    ]
    silent = ["silent at home"] if tried.answer.fails and tried.at_home == "" else []
    return ", ".join([f"{kind} {tried.answer.name}: {points}", *lost, *silent])


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_has_three_mistakes_and_two_variants(assignment: str) -> None:
    trial = Trial(COURSE, assignment)
    wrong = [answer.exercise for answer in mistakes(trial.folder)]
    right = [answer.exercise for answer in variants(trial.folder)]

    assert {name for name in trial.max_points if wrong.count(name) < 3} == set()
    assert {name for name in trial.max_points if right.count(name) < 2} == set()
    assert set(wrong + right) <= set(trial.max_points)


def test_every_assignment_is_tested_here() -> None:
    assert sorted(ASSIGNMENTS) == COURSE.assignments()


def test_what_a_trained_model_takes_for_what_is_kept_with_its_history(course: Course) -> None:
    judge = judge_in_place(course, "4-training")
    cells = judged_cells(course.source_notebook("4-training"))

    report = judge.grade(list(cells.values()), public=True).report

    (kept,) = [check.kept for check in report.exercise("model").checks if check.kept]
    told = report.for_page["model"]
    for confusion, digits in (
        (kept["confusion"], judge.assignment.hidden_digits()),
        (told["confusion"], judge.assignment.public_digits()),
    ):
        counts = torch.tensor(confusion)
        assert counts.shape == (10, 10)
        assert counts.sum() == len(digits[1])
        assert counts.trace() > 0.8 * counts.sum()
    history = told["history"]
    assert "history" not in kept
    assert all(one["label"] != one["read_as"] for one in told["misread"])
    assert len(history) > 1
    assert all(sorted(row) == ["accuracy", "test_loss", "train_loss"] for row in history)
    band = told["band"]["accuracy"]
    assert len(band) == len(history)
    assert band[-1][0] - 0.02 < history[-1]["accuracy"] < band[-1][1] + 0.02
