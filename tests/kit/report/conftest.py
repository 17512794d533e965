"""A class of 24, recorded without running anything, for the tests of this room."""

from __future__ import annotations

import pytest

from tests.kit.class_maker import graded_class, student_names
from tests.kit.course_maker import ASSIGNMENT, Mini

STUDENTS = 24


@pytest.fixture(scope="session")
def recorded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The tiny course with a graded class. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("recorded") / "course")
    graded_class(mini.course, ASSIGNMENT, student_names(STUDENTS))
    return mini
