"""What the tests of this folder share: this course, with seeds of its own."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from autograder.course.course import Course, open_course
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """This course with seeds that are the same in every run.

    Under a secret of its own, one in some hundred wrong answers passes one of the checks that it
    names by luck (a class that is right by chance), and loses its points at the others.
    """
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(ROOT / name, tmp_path / name)
    seeds = tmp_path / ".autograder" / "seeds"
    seeds.mkdir(mode=0o700, parents=True)
    for name in (*open_course(load(ROOT)).assignments(), "hidden-digits"):
        (seeds / name).write_text(hashlib.sha256(name.encode()).hexdigest(), encoding="ascii")
    return open_course(load(tmp_path))
