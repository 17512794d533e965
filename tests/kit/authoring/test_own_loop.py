"""Half of the trained model's points ask for a loop of the student's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.authoring.trial import Trial
from autograder.course.course import open_course
from autograder.judge.records import Cell
from autograder.settings.load import load

LOOP = ("make_loss_and_optimizer", "train_step", "train", "count_correct", "test", "fit")
# Each of them trains a network on 4,000 digits, some of them four times.
pytestmark = pytest.mark.timeout(600)
MISTAKES = Path(__file__).parents[2] / "hidden" / "4-training" / "mistakes"


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial(open_course(load(Path(__file__).parents[3])), "4-training")


def with_answers(trial: Trial, answers: dict[str, str]) -> list[Cell]:
    return [
        Cell(name=c.name, source=answers.get(c.name, c.source), checked=c.checked)
        for c in trial.cells
    ]


def stub(source: str) -> str:
    """The answer as it is released: the head and the docstring, and nothing done."""
    found = re.match(r'def .*?"""\n.*?"""\n', source, re.DOTALL) or re.match(
        r"def .*?\n", source, re.DOTALL
    )
    assert found is not None
    return found[0] + "    raise NotImplementedError()\n"


def points_of_model(trial: Trial, answers: dict[str, str]) -> float:
    return trial.judge.grade(with_answers(trial, answers)).report.exercise("model").points


def stubs(trial: Trial, *names: str) -> dict[str, str]:
    return {cell.name: stub(cell.source) for cell in trial.cells if cell.name in names}


@pytest.mark.parametrize("names", [LOOP, ("train_step",)], ids=["all", "step"])
def test_a_pasted_recipe_beside_stubs_earns_half(trial: Trial, names: tuple[str, ...]) -> None:
    assert points_of_model(trial, stubs(trial, *names)) == pytest.approx(2.5)


def test_functions_that_do_nothing_are_no_loop_either(trial: Trial) -> None:
    assert points_of_model(trial, {"fit": "def fit(*args, **kwargs):\n    return []\n"}) == 2.5


def test_a_loop_in_the_cell_itself_needs_no_function(trial: Trial) -> None:
    own = (MISTAKES.parent / "variants" / "model" / "own_class_and_loop.py").read_text("utf-8")

    assert points_of_model(trial, {**stubs(trial, *LOOP), "model": own}) == 5


@pytest.mark.parametrize(
    "name",
    ["fit/trains_a_copy", "train_step/no_step", "train_step/no_grad"],
)
def test_a_slip_in_the_loop_costs_nothing_of_the_model(trial: Trial, name: str) -> None:
    source = (MISTAKES / f"{name}.py").read_text("utf-8")

    assert points_of_model(trial, {name.split("/")[0]: source}) == 5


def test_a_step_that_ends_python_costs_nothing_of_the_model(trial: Trial) -> None:
    ends = "def train_step(*args):\n    raise SystemExit\n"

    assert points_of_model(trial, {"train_step": ends}) == 5


def test_a_test_that_is_not_written_costs_nothing_of_the_model(trial: Trial) -> None:
    assert points_of_model(trial, stubs(trial, "test", "count_correct")) == 5
