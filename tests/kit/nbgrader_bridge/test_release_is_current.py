"""`assignments/` is exactly what `solutions/` generates."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from autograder.course.course import open_course
from autograder.handout.release import build
from autograder.settings.load import load
from autograder.settings.packages import FIXED, in_words

ROOT = Path(__file__).parents[3]
COURSE = open_course(load(ROOT))


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_committed_release_is_what_its_source_generates(
    assignment: str, tmp_path: Path
) -> None:
    built = build(COURSE, assignment, into=tmp_path)
    released = ROOT / "assignments" / assignment

    names = sorted(path.name for path in built.iterdir())
    assert names == sorted(path.name for path in released.iterdir())
    for name in names:
        assert (built / name).read_bytes() == (released / name).read_bytes()


def test_no_other_release_is_committed() -> None:
    released = sorted(path.name for path in (ROOT / "assignments").iterdir() if path.is_dir())

    assert released == COURSE.assignments()


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_a_notebook_names_the_packages_that_answers_may_use(assignment: str) -> None:
    cells = COURSE.source_notebook(assignment).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")

    assert in_words(FIXED) in text


def test_the_page_for_students_names_the_packages_that_answers_may_use() -> None:
    page = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")

    assert in_words(FIXED) in " ".join(page.split())


def test_what_answers_may_use_is_what_the_kit_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    installed = [name.partition(">")[0] for name in project["project"]["dependencies"]]

    # nbformat is there for check-hand-in alone: no answer is promised it.
    assert installed == [*FIXED, "nbformat"]
