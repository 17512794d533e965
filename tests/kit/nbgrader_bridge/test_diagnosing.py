"""Hints from known mistakes on their way through nbgrader: to checks.json and to the page."""

from __future__ import annotations

import nbformat
import pytest

from autograder.classroom.grade import grade_one
from autograder.nbgrader_bridge.prepared import Prepared
from autograder.results import Diagnosis, Reader, Report, close
from tests.kit.course_maker import ASSIGNMENT, HINT, Mini

MISTAKE = '''"""The numbers are poured anew.

fails: test_swaps_the_axes
hint: Does reshape swap axes, or pour the numbers?
"""


def transpose(m):
    return m.reshape(m.shape[1], m.shape[0])
'''
POURS = "def transpose(m):\n    rows, columns = m.shape\n    return m.view(columns, rows)"


def put_mistake(mini: Mini, name: str = "reshapes", source: str = MISTAKE) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "transpose" / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


def graded(mini: Mini, student: str, **answers: str) -> Report:
    mini.hand_in(student, mini.answered(**answers))
    result = grade_one(mini.course, ASSIGNMENT, student)
    assert result.report is not None, str(result.problem)
    return result.report


def block(mini: Mini, student: str) -> str:
    """What stands below the exercise in the graded notebook."""
    path = mini.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    (cell,) = [c for c in cells if c.metadata.nbgrader.get("grade_id") == "transpose-checks"]
    return str(cell.outputs[0].data["text/html"])


def test_an_answer_that_behaves_like_a_mistake_is_told_its_hint(mini: Mini) -> None:
    put_mistake(mini)

    report = graded(mini, "ada", transpose=POURS)

    assert report.exercise("transpose").diagnosis == Diagnosis(
        mistakes=("transpose/reshapes",), hint="Does reshape swap axes, or pour the numbers?"
    )
    assert "Hint: Does reshape swap axes, or pour the numbers?" in block(mini, "ada")
    assert HINT not in block(mini, "ada")
    assert [r.exercise for r in report.exercises if r.diagnosis] == ["transpose"]


def test_an_answer_like_no_mistake_keeps_the_hint_of_its_check(mini: Mini) -> None:
    put_mistake(mini)

    report = graded(mini, "ada", transpose="def transpose(m):\n    return m")

    assert report.exercise("transpose").diagnosis is None
    assert f"Hint: {HINT}" in block(mini, "ada")


@pytest.mark.parametrize("answer", ["raise NotImplementedError()", "import os; os._exit(0)"])
def test_what_was_not_answered_starts_no_trial_of_mistakes(mini: Mini, answer: str) -> None:
    put_mistake(mini)

    report = graded(mini, "ada", transpose=f"def transpose(m):\n    {answer}")

    assert report.exercise("transpose").diagnosis is None
    assert not (mini.course.private / "fingerprints").exists()


def test_a_mistake_file_that_cannot_be_read_costs_no_grade_and_is_told_the_ta(mini: Mini) -> None:
    put_mistake(mini, "broken", "def (\n")

    report = graded(mini, "ada", transpose=POURS)

    assert 0 < report.points < report.max_points
    (note,) = report.notes
    assert note.reader is Reader.TA
    assert note.text == ("No hints from known mistakes: transpose/broken.py: line 1 is no Python.")


def test_another_hint_of_the_same_code_is_brought_to_a_worker_that_has_the_old_one(
    mini: Mini,
) -> None:
    keys = []
    for hint in ("Does reshape swap axes", "Are the axes swapped by reshape"):
        put_mistake(mini, source=MISTAKE.replace("Does reshape swap axes", hint))
        prepared = Prepared(mini.course, ASSIGNMENT, 1)
        tried = close("", {"transpose": 3.0}, [], {}, reason="No.").exercises[0]
        prepared.library.add("transpose", {"transpose/reshapes": tried})
        prepared.look_up()
        assert hint in prepared.known.mistakes["transpose"][0].hint
        keys.append(prepared.known_key)

    assert keys[0] != keys[1]
