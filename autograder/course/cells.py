"""What the judge runs of a notebook's cells, and what each exercise of a source is worth."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Mapping

from nbformat import NotebookNode

from autograder.hand_in.cells import exercise_checked_by, grade_id, is_checks, of_nbgrader
from autograder.judge.records import Cell

REFERENCE_LEFT_OUT = "long-running"
GUARD_BEGIN, GUARD_END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def judged_cells(notebook: NotebookNode) -> dict[int, Cell]:
    """The code that the judge runs, by its place in the notebook: every code cell but checks."""
    cells = {
        index: Cell(name=cell_name(cell, index), source=cell.source)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and not is_checks(cell)
    }
    for index, exercises in _asked_after(notebook, cells).items():
        cells[index] = dataclasses.replace(cells[index], checked=tuple(exercises))
    return cells


def _asked_after(notebook: NotebookNode, cells: Mapping[int, Cell]) -> dict[int, list[str]]:
    """The cells behind which visible checks stand, and of which exercises: behind its answer where
    a check stands above that.
    """
    places = {cell.name: index for index, cell in cells.items()}
    found: dict[int, list[str]] = {}
    before = -1
    for index, cell in enumerate(notebook.cells):
        if index in cells:
            before = index
        elif is_checks(cell):
            exercise = exercise_checked_by(cell)
            at = max(before, places.get(exercise, -1))
            if at >= 0:
                found.setdefault(at, []).append(exercise)
    return found


def source_points(source: NotebookNode) -> dict[str, float]:
    """The points of each exercise that is graded by checks, read off a source notebook."""
    return {
        exercise_checked_by(cell): float(of_nbgrader(cell)["points"])
        for cell in source.cells
        if is_checks(cell)
    }


def visible_checks(source: NotebookNode) -> dict[str, str]:
    """By exercise the code of the visible checks, as students have it: without the guard."""
    return {
        exercise_checked_by(cell): without_guard(cell.source)
        for cell in source.cells
        if is_checks(cell) and cell.cell_type == "code"
    }


def without_guard(source: str) -> str:
    """The code of a checks cell without the lines that make stock nbgrader give no points."""
    head, _, rest = source.partition(GUARD_BEGIN)
    return (head + rest.partition(GUARD_END)[2]).rstrip()


def up_to_the_last_check(source: str) -> str:
    """A visible check without what it shows when all is well: up to the last of its statements that
    calls `expect` or `require`, asserts or raises. The whole of it where it holds IPython's magics.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return source
    last = max((node.end_lineno or 0 for node in statements if _checks(node)), default=0)
    return "\n".join(source.splitlines()[:last]) if last else source


def _checks(statement: ast.stmt) -> bool:
    return any(
        isinstance(node, ast.Assert | ast.Raise)
        or (isinstance(node, ast.Name) and node.id in ("expect", "require"))
        for node in ast.walk(statement)
    )


def cell_name(cell: NotebookNode, index: int) -> str:
    """A cell's grade_id, or its place for people: "cell 7"."""
    return grade_id(cell) or f"cell {index + 1}"
