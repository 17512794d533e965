"""What a notebook says of its visible checks: whether they ran at home without an error.

It is the student's own claim and can be anything: it is for reports, and no point depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from autograder.hand_in.cells import CHECKS_SUFFIX, KnownCell, exercise_of
from autograder.hand_in.raw import at, raw_grade_id

_MAX_ID: Final = 200


def ended_well(data: Any) -> dict[str, bool]:
    """By grade_id and by cell id: whether a code cell's saved output is that of a run without an
    error. One that was not run is not there; of copies all have to have ended well.
    """
    found: dict[str, bool] = {}
    cells = at(data, "cells")
    for cell in cells if isinstance(cells, list) else ():
        well = _ended_well(cell)
        if well is not None:
            for name in _names(cell):
                found[name] = found.get(name, True) and well
    return found


def _ended_well(cell: Any) -> bool | None:
    outputs = at(cell, "outputs")
    if at(cell, "cell_type") != "code" or not isinstance(outputs, list):
        return None
    if type(at(cell, "execution_count")) is not int:
        return None
    return not any(at(one, "output_type") == "error" for one in outputs)


def _names(cell: Any) -> set[str]:
    cell_id = at(cell, "id")
    plain = isinstance(cell_id, str) and len(cell_id) <= _MAX_ID
    return {raw_grade_id(cell), cell_id if plain else ""} - {""}


def visible_checks(
    ended: Mapping[str, bool], known: Sequence[KnownCell], ids: Mapping[str, str]
) -> dict[str, bool]:
    """By exercise: whether its visible checks ended well at home, where that is known.

    `ended` is what `ended_well` gave, `ids` maps cell ids of the release to the cells' names.
    """
    by_name = {name: well for cell_id, well in ended.items() if (name := ids.get(cell_id, ""))}
    by_name |= ended
    return {
        exercise_of(cell.name): by_name[cell.name]
        for cell in known
        if cell.grade and not cell.solution and cell.name.endswith(CHECKS_SUFFIX)
        if cell.name in by_name
    }
