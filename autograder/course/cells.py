"""The cells of a notebook: which are graded, of which exercise, and what the judge runs of them."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.judge.records import Cell

KINDS = ("code", "markdown", "raw")
CHECKS_SUFFIX = "-checks"
REFERENCE_LEFT_OUT = "long-running"
GUARD_BEGIN, GUARD_END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def exercise_of(grade_id: str) -> str:
    """The exercise that a graded cell belongs to: `transpose-checks` is `transpose`."""
    return grade_id.removesuffix(CHECKS_SUFFIX)


def new_cell(
    kind: str, source: str, *, cell_id: str = "", metadata: Mapping[str, Any] | None = None
) -> NotebookNode:
    """A cell of one of the `KINDS`, without outputs; `cell_id` is drawn where none is given.

    nbformat's own `new_code_cell` and its kin validate each cell against a JSON schema, 1 ms a
    time: half of what reading a submission took. A notebook is validated as a whole when it is
    written.
    """
    cell = NotebookNode(
        id=cell_id or secrets.token_hex(4),
        cell_type=kind,
        source=source,
        metadata=NotebookNode(
            {k: NotebookNode(v) if isinstance(v, dict) else v for k, v in (metadata or {}).items()}
        ),
    )
    if kind == "code":
        cell.update(outputs=[], execution_count=None)
    return cell


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


def of_nbgrader(cell: NotebookNode) -> Mapping[str, Any]:
    """What nbgrader's metadata say of a cell; empty for one of the student's own."""
    found: Mapping[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def grade_id(cell: NotebookNode) -> str:
    """A cell's name in the assignment, "" for one of the student's own."""
    return str(of_nbgrader(cell).get("grade_id") or "")


def is_locked(cell: NotebookNode) -> bool:
    """Whether its source is the assignment's, whatever a student wrote into it."""
    return bool(of_nbgrader(cell).get("locked"))


def is_answer(cell: NotebookNode) -> bool:
    """Whether it is a code cell that students fill in."""
    return bool(of_nbgrader(cell).get("solution")) and cell.cell_type == "code"


def is_checks(cell: NotebookNode) -> bool:
    """Whether a cell is graded by checks: graded, and not itself the answer."""
    return bool(of_nbgrader(cell).get("grade")) and not of_nbgrader(cell).get("solution")


def exercise_checked_by(cell: NotebookNode) -> str:
    """The exercise of a cell that is graded by checks."""
    return exercise_of(grade_id(cell))


def cell_name(cell: NotebookNode, index: int) -> str:
    """A cell's grade_id, or its place for people: "cell 7"."""
    return grade_id(cell) or f"cell {index + 1}"


def names_in_order(source: NotebookNode) -> Sequence[str]:
    """The grade_ids of a notebook in its order."""
    return [name for name in map(grade_id, source.cells) if name]


def cell_ids(source: NotebookNode) -> dict[str, str]:
    """Which cell id of the release names which known cell; ids survive the release step."""
    pairs = [(cell.get("id"), grade_id(cell)) for cell in source.cells]
    return {cell_id: name for cell_id, name in pairs if cell_id and name}


SCHEMA = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownCell:
    """A cell of the assignment as the gradebook knows it."""

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def metadata(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA,
            "solution": self.solution,
            "task": self.task,
        }
        if self.points is not None:
            data["points"] = self.points
        return data

    @property
    def is_answer(self) -> bool:
        """Whether the student writes into it."""
        return not self.locked and (self.solution or self.task)


def exercise_points(known: Sequence[KnownCell]) -> dict[str, float]:
    """The points of each exercise that is graded by checks, by the exercise's name."""
    return {
        exercise_of(cell.name): cell.points or 0.0
        for cell in known
        if cell.grade and not cell.solution
    }
