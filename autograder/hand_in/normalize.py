"""A submission's cells with the metadata that the gradebook says, and no other.

Students rename, retag, duplicate, delete and edit cells. Whatever they did costs its own question
at most: each known cell is recognised by its grade_id, else by its cell id, else by the name it
defines; what is locked gets its source back; what is missing and needed is put in; every tag and
flag of the student's is dropped.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.hand_in.cells import CHECKS_SUFFIX, KnownCell, grade_id, new_cell
from autograder.hand_in.reading import defined_names

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def normalized(
    cells: Sequence[NotebookNode], known: Sequence[KnownCell], ids: Mapping[str, str]
) -> NotebookNode:
    """A notebook of the student's cells, each known one once, its metadata from `known`.

    `known` is in the order of the assignment; `ids` maps cell ids of the release to names.
    """
    by_name = {cell.name: cell for cell in known}
    names = recognised(cells, by_name, ids)
    result = [_rebuilt(cell, by_name.get(name)) for cell, name in zip(cells, names, strict=True)]
    placed = [name for name in names if name]
    for position, cell in enumerate(known):
        if cell.name not in placed and _must_be_there(cell):
            at = _place_for(result, known[:position])
            result.insert(at, _rebuilt(None, cell))
            placed.append(cell.name)
    notebook = new_notebook(cells=_with_unique_ids(result))
    notebook.metadata["kernelspec"] = dict(KERNELSPEC)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def _must_be_there(cell: KnownCell) -> bool:
    # Never a code cell for answers: its stub, put in behind the student's function (kept in some
    # other cell), would override it.
    return cell.locked or cell.cell_type == "markdown" or (cell.grade and not cell.solution)


def recognised(
    cells: Sequence[NotebookNode], known: Mapping[str, KnownCell], ids: Mapping[str, str]
) -> list[str]:
    """The name of each cell in the assignment, "" for the student's own; no name twice."""
    found: dict[str, int] = {}
    by_grade_id = [grade_id(cell) for cell in cells]
    by_cell_id = [ids.get(cell.get("id", ""), "") for cell in cells]
    checks = {name: i for i, name in reversed([*enumerate(by_cell_id), *enumerate(by_grade_id)])}
    for candidates in (by_grade_id, by_cell_id, [_defined(cell, known) for cell in cells]):
        taken = set(found.values())
        fresh: dict[str, int] = {}
        for index, name in enumerate(candidates):
            if name not in known or name in found or index in taken:
                continue
            # The first of a locked cell's copies; the last of an answer's, which wins in Python
            # too, but none from below the visible check where that has seen one.
            check = checks.get(f"{name}{CHECKS_SUFFIX}", len(cells))
            seen = name in fresh and fresh[name] < check < index
            if name not in fresh or (known[name].is_answer and not seen):
                fresh[name] = index
        found.update(fresh)
    names = [""] * len(cells)
    for name, index in found.items():
        names[index] = name
    return names


def _defined(cell: NotebookNode, known: Mapping[str, KnownCell]) -> str:
    if cell.cell_type != "code":
        return ""
    for name in defined_names(cell.source):
        if name in known and known[name].solution and known[name].cell_type == "code":
            return name
    return ""


def _rebuilt(cell: NotebookNode | None, known: KnownCell | None) -> NotebookNode:
    metadata: dict[str, Any] = {}
    if known is None:
        assert cell is not None
        kind, source = cell.cell_type, cell.source
    else:
        kind = known.cell_type
        source = known.source if known.locked or cell is None else cell.source
        metadata["nbgrader"] = known.metadata
        if known.locked:
            metadata.update(deletable=False, editable=False)
    cell_id = known.name if known is not None else cell.get("id", "") if cell is not None else ""
    kind = "code" if kind == "code" else "markdown"
    made = new_cell(kind, source, cell_id=cell_id, metadata=metadata)
    students = cell is not None and not (known is not None and known.locked)
    if cell is not None and students and kind == "markdown" and cell.get("attachments"):
        made["attachments"] = cell["attachments"]
    return made


def _place_for(cells: Sequence[NotebookNode], before: Sequence[KnownCell]) -> int:
    """Behind the nearest cell that comes before it in the assignment and is there."""
    places = {grade_id(c): i for i, c in enumerate(cells)}
    for known in reversed(before):
        if known.name in places:
            return places[known.name] + 1
    return 0


def _with_unique_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    taken: set[str] = {c["id"] for c in cells if "nbgrader" in c.metadata}
    for number, cell in enumerate(cells):
        if "nbgrader" in cell.metadata:
            continue
        if cell["id"] in taken:
            fresh = (f"cell-{n}" for n in itertools.count(number))
            cell["id"] = next(cell_id for cell_id in fresh if cell_id not in taken)
        taken.add(cell["id"])
    return cells
