"""What a notebook claims of its visible checks: read, bounded, believed by nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.hand_in.at_home import ended_well, visible_checks
from autograder.hand_in.cells import KnownCell

ERROR = {"output_type": "error", "ename": "Mismatch", "evalue": "", "traceback": []}
PRINTED = {"output_type": "stream", "name": "stdout", "text": "fine"}


def cell(name: str = "transpose-checks", **more: Any) -> dict[str, Any]:
    """A cell as a saved notebook has it, run without an output."""
    metadata = {"nbgrader": {"grade_id": name}} if name else {}
    run = {"cell_type": "code", "execution_count": 3, "outputs": [], "metadata": metadata}
    return {**run, **more}


def known(name: str, *, solution: bool = False, grade: bool = True) -> KnownCell:
    return KnownCell(
        name=name,
        cell_type="code",
        source="",
        checksum=None,
        locked=not solution,
        grade=grade,
        solution=solution,
        task=False,
        points=2.0,
    )


@pytest.mark.parametrize(
    ("saved", "claims"),
    [
        (cell(), {"transpose-checks": True}),
        (cell(outputs=[PRINTED]), {"transpose-checks": True}),
        (cell(outputs=[PRINTED, ERROR]), {"transpose-checks": False}),
        (cell(execution_count=None), {}),
        (cell(execution_count=True), {}),
        (cell(outputs="none"), {}),
        (cell(cell_type="markdown"), {}),
        (cell("x" * 300), {}),
        (cell("", id="c7"), {"c7": True}),
    ],
)
def test_a_cell_that_ran_tells_how_it_ended(saved: dict[str, Any], claims: dict[str, bool]) -> None:
    assert ended_well({"cells": [saved]}) == claims


def test_of_a_cells_copies_all_have_to_have_ended_well() -> None:
    copies = [cell(), cell(outputs=[ERROR]), cell()]

    assert ended_well({"cells": copies}) == {"transpose-checks": False}


def test_checks_are_known_by_name_or_by_the_id_of_their_cell() -> None:
    cells = [known("transpose-checks"), known("total-checks"), known("why", solution=True)]
    ended = {"transpose-checks": True, "c7": False, "why": True, "elsewhere-checks": True}

    assert visible_checks(ended, cells, {"c7": "total-checks", "c8": "gone"}) == {
        "transpose": True,
        "total": False,
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["cells", "cell_type", "outputs", "metadata", "nbgrader", "id"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_nothing_that_json_can_hold_stops_it(data: Any) -> None:
    found = ended_well({"cells": data})

    assert all(type(well) is bool for well in found.values())
