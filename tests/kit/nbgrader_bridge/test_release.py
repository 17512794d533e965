"""`assignments/` from `solutions/`: what students get, and what a failure leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.errors import MissingFile, UnknownName
from autograder.files import swap
from autograder.handout.release import ReleaseFailed, build, register
from tests.kit.course_maker import (
    ANSWERS,
    ASSIGNMENT,
    GUARD,
    MARK_SCHEME,
    VISIBLE,
    Mini,
    metadata,
    write_course,
)
from tests.kit.nbgrader_bridge.sample_class import ClassRun, find


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def change_source(mini: Mini, change: Callable[[NotebookNode], None]) -> None:
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def test_a_release_holds_no_solution_no_hidden_test_and_no_mark_scheme(released: Mini) -> None:
    text = released.read("assignments", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")

    for answer in ANSWERS.values():
        for line in answer.splitlines()[1:]:
            assert json.dumps(line.strip())[1:-1] not in text
    for secret in ("SOLUTION", "HIDDEN", "graded by the autograder", "MARK SCHEME", MARK_SCHEME):
        assert secret not in text
    assert str(released.root) not in text


def test_a_release_holds_stubs_and_the_visible_checks(released: Mini) -> None:
    notebook = released.released()

    for name, check in VISIBLE.items():
        assert "raise NotImplementedError()" in find(notebook, name).source
        assert find(notebook, f"{name}-checks").source.strip() == check
    assert [path.name for path in (released.root / "assignments" / ASSIGNMENT).iterdir()] == [
        f"{ASSIGNMENT}.ipynb"
    ]


def test_a_release_can_be_built_again_byte_by_byte(mini: Mini) -> None:
    before = contents(mini.root / "assignments")

    build(mini.course, ASSIGNMENT)

    assert contents(mini.root / "assignments") == before


def test_building_leaves_the_gradebook_alone(tmp_path: Path, digits: Path) -> None:
    mini = Mini(tmp_path / "course")
    write_course(mini.root, digits)

    made = build(mini.course, ASSIGNMENT, into=tmp_path / "elsewhere")

    assert (made / f"{ASSIGNMENT}.ipynb").is_file()
    assert not (mini.root / "gradebook.db").exists()
    assert not (mini.root / "assignments").exists()


def _without_guard(nb: NotebookNode) -> None:
    find(nb, "total-checks").source = VISIBLE["total"]


def _guard_that_raises_nothing(nb: NotebookNode) -> None:
    cell = find(nb, "total-checks")
    cell.source = cell.source.replace("raise RuntimeError", "print")


def _guard_without_an_end(nb: NotebookNode) -> None:
    cell = find(nb, "total-checks")
    cell.source = cell.source.replace("### END HIDDEN TESTS", "")


@pytest.mark.parametrize(
    "change", [_without_guard, _guard_that_raises_nothing, _guard_without_an_end]
)
def test_a_check_without_a_guard_is_refused(
    mini: Mini, change: Callable[[NotebookNode], None]
) -> None:
    change_source(mini, change)

    with pytest.raises(ReleaseFailed, match="the cell total-checks has no guard"):
        build(mini.course, ASSIGNMENT)


def _region_that_never_ends(nb: NotebookNode) -> None:
    cell = find(nb, "total")
    cell.source = cell.source.replace("### END SOLUTION", "")


def _grade_id_twice(nb: NotebookNode) -> None:
    find(nb, "total").metadata.nbgrader.grade_id = "transpose"


def _solution_in_a_cell_that_is_none(nb: NotebookNode) -> None:
    cell = new_code_cell("### BEGIN SOLUTION\n1\n### END SOLUTION", metadata=metadata("x"))
    nb.cells.append(cell)


@pytest.mark.parametrize(
    "change",
    [
        _region_that_never_ends,
        _grade_id_twice,
        _solution_in_a_cell_that_is_none,
        _without_guard,
    ],
)
def test_a_failure_leaves_the_old_release(
    mini: Mini, change: Callable[[NotebookNode], None]
) -> None:
    before = contents(mini.root / "assignments")
    change_source(mini, change)

    with pytest.raises(ReleaseFailed, match="a1 was not built"):
        build(mini.course, ASSIGNMENT)

    assert contents(mini.root / "assignments") == before
    assert list((mini.root / ".autograder" / "work").iterdir()) == []


def test_graded_cells_are_frozen_once_something_was_handed_in(
    class_run: ClassRun, tmp_path: Path
) -> None:
    mini = class_run.ours.copy_to(tmp_path / "course")
    graded = metadata("new-checks", grade=True, locked=True, points=1)
    change_source(
        mini, lambda nb: nb.cells.append(new_code_cell("pass" + GUARD, metadata=graded, id="new"))
    )
    scores = mini.scores("ada")

    with pytest.raises(ReleaseFailed, match="the gradebook holds submissions"):
        register(mini.course, ASSIGNMENT)

    assert mini.scores("ada") == scores
    assert contents(mini.root / "assignments") == contents(class_run.ours.root / "assignments")


def test_points_may_still_change_once_something_was_handed_in(
    class_run: ClassRun, tmp_path: Path
) -> None:
    mini = class_run.ours.copy_to(tmp_path / "course")

    def more_points(nb: NotebookNode) -> None:
        find(nb, "total-checks").metadata.nbgrader.points = 4

    change_source(mini, more_points)
    register(mini.course, ASSIGNMENT)

    assert mini.scores("ada")["total"] == 2.0


def test_an_unknown_assignment_is_not_built(released: Mini) -> None:
    with pytest.raises(UnknownName, match=r"no assignment named a2\. There is: a1"):
        build(released.course, "a2")


def test_only_folders_with_a_notebook_of_their_name_are_assignments(mini: Mini) -> None:
    (mini.root / "solutions" / "drafts").mkdir()
    (mini.root / "solutions" / "other").mkdir()
    (mini.root / "solutions" / "other" / "notes.ipynb").write_text("{}")

    assert mini.course.assignments() == [ASSIGNMENT]


def test_a_source_that_is_gone_is_named(mini: Mini) -> None:
    course = mini.course
    (mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").unlink()

    with pytest.raises(MissingFile, match="the source of a1"):
        course.source_notebook(ASSIGNMENT)


def test_a_folder_is_swapped_whole(tmp_path: Path) -> None:
    for name in ("made", "target"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    (tmp_path / "target" / "target.txt").chmod(0o444)
    (tmp_path / "target").chmod(0o555)

    swap(tmp_path / "made", tmp_path / "target")

    assert contents(tmp_path) == {"target/made.txt": b"made"}
