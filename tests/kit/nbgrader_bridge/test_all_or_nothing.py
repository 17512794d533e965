"""A refused build or release leaves `assignments/`, the gradebook and every place as they were."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.cli.commands import run
from autograder.handout.release import ReleaseFailed, build_and_register
from autograder.nbgrader_bridge.gradebook import GradebookUnusable, known_cells, opened
from tests.kit.course_maker import ASSIGNMENT, GUARD, Mini, clean_env, metadata
from tests.kit.nbgrader_bridge.sample_class import find

SOURCE = Path("solutions", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")
CHECKS_FOLDER = Path("tests", "hidden", ASSIGNMENT)
CHECK_OF_NEW = """
from autograder.checks import check


@check("new")
def test_new(student):
    pass
"""
State = tuple[dict[str, bytes], list[str]]


def state(mini: Mini) -> State:
    """The release, byte by byte, and all that stands in the gradebook."""
    folder = mini.root / "assignments"
    files = {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    with contextlib.closing(sqlite3.connect(mini.root / "gradebook.db")) as gradebook:
        return files, list(gradebook.iterdump())


def change_source(mini: Mini, change: Callable[[NotebookNode], object]) -> None:
    notebook = nbformat.read(mini.root / SOURCE, as_version=4)
    change(notebook)
    nbformat.write(notebook, mini.root / SOURCE)
    (mini.root / CHECKS_FOLDER / "test_new.py").write_text(CHECK_OF_NEW)


def add_a_graded_cell(nb: NotebookNode) -> None:
    about = metadata("new-checks", grade=True, locked=True, points=1)
    nb.cells.append(new_code_cell("pass" + GUARD, metadata=about, id="new"))


def remove_a_graded_cell(nb: NotebookNode) -> None:
    nb.cells.remove(find(nb, "total-checks"))


def more_points(nb: NotebookNode) -> None:
    find(nb, "total-checks").metadata.nbgrader.points = 4


@pytest.fixture
def handed_in(mini: Mini) -> Mini:
    """The course with a submission in its gradebook."""
    with opened(mini.course.db_url) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(ASSIGNMENT, "ada")
    return mini


def exit_code(*arguments: str | Path) -> object:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    return ended.value.code


@pytest.mark.parametrize("change", [add_a_graded_cell, remove_a_graded_cell])
def test_a_build_that_the_gradebook_refuses_changes_nothing(
    handed_in: Mini, change: Callable[[NotebookNode], None]
) -> None:
    before = state(handed_in)
    change_source(handed_in, change)

    with pytest.raises(ReleaseFailed, match="the gradebook holds submissions"):
        build_and_register(handed_in.course, ASSIGNMENT)

    assert state(handed_in) == before


@pytest.mark.parametrize("place", ["--to", "--zip"])
def test_a_release_that_the_gradebook_refuses_hands_out_and_changes_nothing(
    handed_in: Mini, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(handed_in)
    change_source(handed_in, add_a_graded_cell)
    target = tmp_path / "out" / "a1.zip"

    code = exit_code("release", ASSIGNMENT, place, target, "--course", handed_in.root)

    assert code == 1
    assert "Nothing was changed." in capsys.readouterr().err
    assert state(handed_in) == before
    assert not target.parent.exists()


@pytest.mark.parametrize("place", ["--to", "--zip"])
def test_a_release_whose_place_is_taken_changes_nothing(
    handed_in: Mini, tmp_path: Path, place: str
) -> None:
    target = tmp_path / "a1.zip"
    if place == "--zip":
        target.touch()
    else:
        (target / ASSIGNMENT).mkdir(parents=True)
    before = state(handed_in)
    change_source(handed_in, more_points)

    code = exit_code("release", ASSIGNMENT, place, target, "--course", handed_in.root)

    assert code == 2
    assert state(handed_in) == before


def test_a_release_that_is_in_the_exchange_already_changes_nothing(
    handed_in: Mini, tmp_path: Path
) -> None:
    with (handed_in.root / "course_config.py").open("a") as settings:
        settings.write(f"\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n")
    (tmp_path / "exchange" / "pytorch" / "outbound" / ASSIGNMENT).mkdir(parents=True)
    before = state(handed_in)
    change_source(handed_in, more_points)

    code = exit_code("release", ASSIGNMENT, "--course", handed_in.root)

    assert code == 2
    assert state(handed_in) == before


def test_other_points_are_built_and_registered(handed_in: Mini) -> None:
    change_source(handed_in, more_points)

    build_and_register(handed_in.course, ASSIGNMENT)

    known = {cell.name: cell.points for cell in known_cells(handed_in.course.db_url, "a1", "a1")}
    assert known["total-checks"] == 4.0
    assert find(handed_in.released(), "total-checks").metadata.nbgrader.points == 4


def test_cells_change_freely_before_anything_is_handed_in(mini: Mini) -> None:
    change_source(mini, add_a_graded_cell)
    change_source(mini, remove_a_graded_cell)

    build_and_register(mini.course, ASSIGNMENT)

    known = {cell.name for cell in known_cells(mini.course.db_url, ASSIGNMENT, ASSIGNMENT)}
    assert "new-checks" in known
    assert "total-checks" not in known
    assert find(mini.released(), "new-checks") is not None


def test_a_gradebook_that_cannot_be_written_changes_nothing(handed_in: Mini) -> None:
    with (handed_in.root / "course_config.py").open("a") as settings:
        settings.write('\nc.CourseDirectory.db_url = f"sqlite:///{HERE}/gradebook.db?timeout=0"\n')
    before = state(handed_in)
    change_source(handed_in, more_points)

    with contextlib.closing(sqlite3.connect(handed_in.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookUnusable, match="another program is writing to it"):
            build_and_register(Mini(handed_in.root).course, ASSIGNMENT)
        other.rollback()

    assert state(handed_in) == before


KILLED = """\
import os, signal
from pathlib import Path
from autograder.handout import release
from autograder.course.course import open_course
from autograder.settings.load import load

def killed(made, target):
    os.kill(os.getpid(), signal.SIGKILL)

release.swap = killed
release.build_and_register(open_course(load(Path.cwd())), "a1")
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_building_again_after_a_kill_brings_release_and_gradebook_together(
    handed_in: Mini,
) -> None:
    """Killed where it hurts most: the gradebook is told, and the release is not swapped in."""
    change_source(handed_in, more_points)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=handed_in.root, env=clean_env(), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert find(handed_in.released(), "total-checks").metadata.nbgrader.points == 2

    build_and_register(handed_in.course, ASSIGNMENT)

    known = {cell.name: cell.points for cell in known_cells(handed_in.course.db_url, "a1", "a1")}
    assert known["total-checks"] == 4.0
    assert find(handed_in.released(), "total-checks").metadata.nbgrader.points == 4


def test_one_refused_assignment_keeps_no_other_from_being_built(
    handed_in: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a0", "a2"):
        (handed_in.root / "solutions" / name).mkdir()
        source = handed_in.read(*SOURCE.parts)
        (handed_in.root / "solutions" / name / f"{name}.ipynb").write_text(source)
        checks = handed_in.root / CHECKS_FOLDER
        shutil.copytree(checks, checks.with_name(name))
    change_source(handed_in, add_a_graded_cell)
    before = handed_in.released()

    code = exit_code("build", "--course", handed_in.root)

    said = capsys.readouterr()
    assert code == 1
    assert [line.partition(" built")[0] for line in said.out.splitlines()] == [
        "a0:",
        "a2:",
        "2 of 3",
    ]
    assert said.err.startswith("a1 was not built: the gradebook holds submissions")
    assert handed_in.released() == before
    assert (handed_in.root / "assignments" / "a2" / "a2.ipynb").is_file()
