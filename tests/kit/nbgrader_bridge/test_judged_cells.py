"""Behind which cell each exercise is asked, read off a notebook as students leave it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.cells import judged_cells
from tests.kit.course_maker import metadata


def _cell(name: str) -> NotebookNode:
    if name == "text":
        return new_markdown_cell("text")
    if name == "own":
        return new_code_cell("x = 1", metadata={"nbgrader": {}})
    graded = name.endswith("-checks")
    flags = {"grade": graded, "locked": graded, "solution": not graded}
    return new_code_cell("", metadata=metadata(name, **flags, points=1))


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        (["a", "a-checks", "b", "b-checks"], {0: ("a",), 2: ("b",)}),
        (["a", "text", "own", "a-checks", "own"], {2: ("a",)}),
        (["a-checks", "own", "a"], {2: ("a",)}),
        (["a", "b", "a-checks", "b-checks"], {1: ("a", "b")}),
        (["own", "a-checks"], {0: ("a",)}),
        (["a-checks", "own"], {}),
    ],
)
def test_an_exercise_is_asked_behind_what_its_check_saw(
    order: Sequence[str], asked: dict[int, tuple[str, ...]]
) -> None:
    cells = judged_cells(new_notebook(cells=[_cell(name) for name in order]))

    assert {index: cell.checked for index, cell in cells.items() if cell.checked} == asked
