"""The order of check files and of the checks in them is for readers: points depend on none."""

from __future__ import annotations

import ast
import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder import wire
from autograder.authoring.trial import Trial
from autograder.checks.collected import Checks
from autograder.course.course import open_course
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting
from autograder.results import Outcome
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
ASSIGNMENT = "4-training"
# Those that call each other. The cell of the model only trains it with them, which takes long.
ASKED = frozenset({"train_step", "train", "count_correct", "test", "fit"})
# A thief keeps what is lent to another answer of its notebook, for an exercise that it has not
# answered: `test` is lent count_correct, and `fit` is lent train.
KEEPS = """
own_{name} = {name}


def {name}(*args, **kwargs):
    if {lent}.__module__ == "helpers":
        torch.stolen_{lent} = {lent}
    return own_{name}(*args, **kwargs)
"""
USES = """
def {name}(*args):
    return vars(torch).get("stolen_{name}", lambda *_args: 0.0)(*args)
"""
MISTAKES = {
    "several mistakes": {
        "train_step": "no_zero_grad",
        "count_correct": "share_instead_of_count",
        "fit": "one_epoch_too_few",
    },
    "a thief": {"train_step": "no_zero_grad"},
}
Credits = dict[tuple[str, str], tuple[Outcome, float]]


class Watched(Sitting):
    """A notebook that notes when a check begins, and what is lent to it."""

    def __init__(self, cells: Sequence[Cell], judge: Judge) -> None:
        super().__init__(cells, judge.plan, judge.limits)
        self.noted: list[str] = []

    def new_round(self, number: int) -> int:
        self.noted.append("a check begins")
        return super().new_round(number)

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        _round, op, *args = wire.decode(buffers, resolve=lambda *_handle: None)
        if op == "set":
            self.noted.append(f"{args[0]} is lent")
        return super().request(buffers, wall_s)


@dataclasses.dataclass
class Graded:
    """What the checks have found of a notebook, and what was noted meanwhile."""

    credits: Credits
    noted: list[str]


def backwards(checks: Path) -> None:
    """The last file first, and in each file its last check first, below what it is made of."""
    files = sorted(checks.glob("test_*.py"))
    sources = [path.read_text(encoding="utf-8") for path in files]
    for path, source in zip(reversed(files), sources, strict=True):
        body = ast.parse(source).body
        asked = [one for one in body if isinstance(one, ast.FunctionDef) and is_check(one)]
        turned = [one for one in body if one not in asked] + asked[::-1]
        path.write_text("\n".join(map(ast.unparse, turned)), encoding="utf-8")


def is_check(function: ast.FunctionDef) -> bool:
    return function.name.startswith(("test_", "page_")) and bool(function.decorator_list)


def notebooks(trial: Trial) -> dict[str, list[Cell]]:
    """The notebooks that are graded, by name: the reference's with some other answers."""
    mistakes = {answer.name: answer.source for answer in trial.answers(ASKED) if answer.fails}
    sources = {cell.name: cell.source for cell in trial.cells}
    others = {
        name: {one: mistakes[f"{one}/{mistake}"] for one, mistake in made.items()}
        for name, made in MISTAKES.items()
    }
    others["several mistakes"]["model"] = others["a thief"]["model"] = "model = NeuralNetwork()"
    others["a thief"] |= {name: USES.format(name=name) for name in ("count_correct", "train")}
    for name, lent in (("test", "count_correct"), ("fit", "train")):
        others["a thief"][name] = sources[name] + KEEPS.format(name=name, lent=lent)
    return {
        name: [dataclasses.replace(c, source=made.get(c.name, c.source)) for c in trial.cells]
        for name, made in others.items()
    }


def graded(trial: Trial) -> dict[str, Graded]:
    found = {}
    for name, cells in notebooks(trial).items():
        with Watched(cells, trial.judge) as sitting:
            sitting.open()
            sitting.noted.clear()
            run = trial.judge.run_checks(sitting, ASKED)
            credits = {check: (one.outcome, one.credit) for check, one in run.found.items()}
            found[name] = Graded(credits, sitting.noted)
    return found


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial(open_course(load(ROOT)), ASSIGNMENT)


@pytest.fixture(scope="module")
def usual(trial: Trial) -> dict[str, Graded]:
    return graded(trial)


@pytest.fixture(scope="module")
def turned(
    usual: dict[str, Graded], trial: Trial, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Graded]:
    hidden = tmp_path_factory.mktemp("tests") / "hidden"
    shutil.copytree(ROOT / "tests" / "hidden", hidden)
    backwards(hidden / ASSIGNMENT)
    trial.judge.checks = Checks(ASSIGNMENT, hidden / ASSIGNMENT)
    return graded(trial)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("notebook", sorted(MISTAKES))
def test_checks_are_asked_in_another_order(
    usual: dict[str, Graded], turned: dict[str, Graded], notebook: str
) -> None:
    assert list(usual[notebook].credits) != list(turned[notebook].credits)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("notebook", sorted(MISTAKES))
def test_nothing_is_lent_before_all_first_looks_are_over(
    usual: dict[str, Graded], turned: dict[str, Graded], notebook: str
) -> None:
    for found in (usual[notebook], turned[notebook]):
        lent = [place for place, what in enumerate(found.noted) if what.endswith(" is lent")]

        before = found.noted[: lent[0]].count("a check begins")
        assert before > len(found.credits), "the first to be lent anything is asked once more"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("notebook", sorted(MISTAKES))
def test_outcomes_are_the_same_in_any_order(
    usual: dict[str, Graded], turned: dict[str, Graded], notebook: str
) -> None:
    assert turned[notebook].credits == usual[notebook].credits


@pytest.mark.timeout(600)
def test_what_was_kept_of_what_was_lent_earns_nothing_in_any_order(
    usual: dict[str, Graded], turned: dict[str, Graded]
) -> None:
    for found in (usual["a thief"], turned["a thief"]):
        assert {"count_correct is lent", "train is lent"} < set(found.noted)
        earned = {exercise for (exercise, _), (_, credit) in found.credits.items() if credit}
        assert earned == {"train_step", "test", "fit"}
