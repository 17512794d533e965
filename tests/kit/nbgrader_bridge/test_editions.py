"""An assignment that is out already is changed, and hand-ins come from the older notebook."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.classroom.grade import grade_class
from autograder.handout.release import ReleaseFailed, build_and_register
from autograder.nbgrader_bridge.gradebook import totals
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini, full_marks
from tests.kit.nbgrader_bridge.sample_class import find


def change(mini: Mini, **points: int) -> NotebookNode:
    """The source with other points for some exercises."""
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source = nbformat.read(path, as_version=4)
    for name, worth in points.items():
        find(source, f"{name}-checks").metadata.nbgrader.points = worth
    nbformat.write(source, path)
    return source


def by_checks(mini: Mini, student: str) -> dict[str, float | None]:
    return {name: points for name, points in mini.scores(student).items() if name != WRITTEN}


@pytest.fixture
def out(mini: Mini) -> Mini:
    """An assignment that one student has handed in and that was graded."""
    mini.hand_in("ada", mini.answered())
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    return mini


def test_an_exercise_of_0_points_leaves_the_total(out: Mini) -> None:
    old = out.answered(transpose="def transpose(m):\n    return m")

    change(out, transpose=0, total=4)
    build_and_register(out.course, ASSIGNMENT)
    out.hand_in("ben", old)
    list(grade_class(out.course, ASSIGNMENT, ["ada", "ben"]))

    expected = {**full_marks(), "transpose": 0.0, "total": 4.0}
    assert by_checks(out, "ada") == expected
    assert by_checks(out, "ben") == expected
    total = totals(out.course.db_url, ASSIGNMENT)["ben"]
    assert total.max_points == sum(POINTS.values()) - 3 + 2
    assert total.points == total.max_points


def test_the_text_and_the_stub_of_an_exercise_may_change(out: Mini) -> None:
    old = out.answered(total="def total(m):\n    return 0.0")

    source = change(out)
    find(source, "setup").source += "\nimport math"
    find(source, "total").source = (
        "def total(m: torch.Tensor) -> float:\n    ### BEGIN SOLUTION\n"
        "    return m.sum().item()\n    ### END SOLUTION"
    )
    nbformat.write(source, out.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    build_and_register(out.course, ASSIGNMENT)
    out.hand_in("ben", old)
    list(grade_class(out.course, ASSIGNMENT, ["ada", "ben"]))

    assert by_checks(out, "ada") == full_marks()
    assert by_checks(out, "ben") == {**full_marks(), "total": 0.0}


def test_an_exercise_cannot_go_once_there_are_hand_ins_and_nothing_changes(out: Mini) -> None:
    before = out.read("assignments", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")
    path = out.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source = nbformat.read(path, as_version=4)
    gone = (find(source, "from_list"), find(source, "from_list-checks"))
    source.cells = [cell for cell in source.cells if all(cell is not one for one in gone)]
    nbformat.write(source, path)
    hidden = out.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    text = hidden.read_text(encoding="utf-8")
    hidden.write_text(text.replace('@check("from_list")', '@check("total")'), encoding="utf-8")

    with pytest.raises(ReleaseFailed, match="0 points take an exercise out of the total"):
        build_and_register(out.course, ASSIGNMENT)

    assert out.read("assignments", ASSIGNMENT, f"{ASSIGNMENT}.ipynb") == before
    assert by_checks(out, "ada") == full_marks()
