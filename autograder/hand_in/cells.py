"""A notebook's cells by their names in the assignment, and what nbgrader's metadata say of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

KINDS = ("code", "markdown", "raw")
CHECKS_SUFFIX = "-checks"
SCHEMA = 3


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


def bare(source: str) -> str:
    """A text without what nobody sees: blank lines around it, blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def names_in_order(source: NotebookNode) -> Sequence[str]:
    """The grade_ids of a notebook in its order."""
    return [name for name in map(grade_id, source.cells) if name]


def cell_ids(source: NotebookNode) -> dict[str, str]:
    """Which cell id of the release names which known cell; ids survive the release step."""
    pairs = [(cell.get("id"), grade_id(cell)) for cell in source.cells]
    return {cell_id: name for cell_id, name in pairs if cell_id and name}


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
