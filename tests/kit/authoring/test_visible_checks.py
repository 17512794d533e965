"""Visible checks leave nothing in the notebook that an answer could lean on."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.cells import judged_cells, visible_checks
from autograder.course.course import open_course
from autograder.hand_in.reading import bound_names
from autograder.settings.load import load

COURSE = open_course(load(Path(__file__).parents[3]))


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_what_a_visible_check_binds_is_named_as_its_own(assignment: str) -> None:
    source = COURSE.source_notebook(assignment)
    others = {name for cell in judged_cells(source).values() for name in bound_names(cell.source)}

    leaked = {
        exercise: sorted(
            name
            for name in bound_names(checks)
            if name != "_" and (name in others or not name.lower().startswith("tiny"))
        )
        for exercise, checks in visible_checks(source).items()
    }

    assert {exercise: names for exercise, names in leaked.items() if names} == {}
