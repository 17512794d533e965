"""From a wrong answer that nobody has named to its hint: the class is graded once, run once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.groups import code_of, groups_of
from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.cli import show
from autograder.diagnosis import trying
from autograder.errors import NotGraded, UnknownName
from autograder.marking import doing
from autograder.results import Diagnosis, Report
from tests.kit.course_maker import ASSIGNMENT, HINT, Mini
from tests.kit.forking import forked_processes

FLIPS = "def transpose(m):\n    return m.flip(0).T"
FLIPS_TOO = "def transpose(m):\n    turned = m.T\n    return turned.flip(1)"
OTHER = "def transpose(m):\n    return m"
MISTAKE = f'"""Flipped.\n\nfails: test_swaps_the_axes\nhint: Flipped, or swapped?\n"""\n{FLIPS}\n'
STUDENTS = ("ada", "ben", "cleo", "dan")


def name_the_group(mini: Mini) -> Path:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "transpose" / "flips.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MISTAKE, encoding="utf-8")
    return path


def grade(mini: Mini) -> dict[str, Told]:
    found = grade_class(mini.course, ASSIGNMENT, STUDENTS)
    return {told.graded.student: told for told in found}


def report(told: Told) -> Report:
    assert told.graded.report is not None
    return told.graded.report


def graded_class(mini: Mini) -> dict[str, Told]:
    for student, code in zip(STUDENTS, (FLIPS, OTHER, FLIPS_TOO, None), strict=True):
        notebook = mini.answered(transpose=code) if code else mini.answered()
        mini.hand_in(student, notebook)
    return grade(mini)


@pytest.fixture(scope="module")
def before(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class graded without any mistake file. Not to be changed."""
    mini = released.copy_to(tmp_path_factory.mktemp("naming") / "course")
    graded_class(mini)
    return mini


def test_answers_that_do_the_same_are_one_group(before: Mini) -> None:
    first, second = groups_of(before.course, ASSIGNMENT)

    assert (first.exercise, first.students) == ("transpose", ("ada", "cleo"))
    assert second.students == ("ben",)
    assert first.says.startswith("swaps the axes: transpose(matrix)")


def test_a_groups_code_is_its_first_students(before: Mini) -> None:
    course = before.course
    groups = groups_of(course, ASSIGNMENT)

    assert code_of(course, ASSIGNMENT, groups, 1) == FLIPS
    with pytest.raises(UnknownName, match="There is no group named 3"):
        code_of(course, ASSIGNMENT, groups, 3)


def test_the_table_of_groups_shows_who_and_what_is_said(
    before: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    show.out.print(show.groups_table(ASSIGNMENT, groups_of(before.course, ASSIGNMENT)))

    said = " ".join(capsys.readouterr().out.split())
    assert "2: ada, cleo" in said
    assert "mistakes/transpose/NAME.py" in said


def test_a_named_group_gets_its_hint_and_nothing_is_run_again(mini: Mini) -> None:
    first = graded_class(mini)
    name_the_group(mini)

    told = grade(mini)

    assert [t.graded.student for t in told.values() if not t.unchanged] == []
    named = Diagnosis(mistakes=("transpose/flips",), hint="Flipped, or swapped?")
    diagnoses = {s: report(t).exercise("transpose").diagnosis for s, t in told.items()}
    assert diagnoses == {"ada": named, "ben": None, "cleo": named, "dan": None}
    # The seconds are measured: those of an earlier run are that run's.
    assert {s: report(t).wall_s for s, t in told.items()} == {
        s: report(t).wall_s for s, t in first.items()
    }
    assert {s: report(t).points for s, t in told.items()} == {
        s: report(t).points for s, t in first.items()
    }
    assert [group.students for group in groups_of(mini.course, ASSIGNMENT)] == [("ben",)]
    assert list(feedback_for(mini.course, ASSIGNMENT, ["cleo"])) == [("cleo", None)]
    page = mini.read("feedback", "cleo", ASSIGNMENT, f"{ASSIGNMENT}.html")
    assert "Hint: Flipped, or swapped?" in page
    assert HINT not in page
    assert all(t.unchanged for t in grade(mini).values())


def test_a_result_is_told_before_its_hints_and_once_more_with_them(mini: Mini) -> None:
    name_the_group(mini)
    mini.hand_in("ada", mini.answered(transpose=FLIPS))
    mini.hand_in("ben", mini.answered())

    told = list(grade_class(mini.course, ASSIGNMENT, ["ada", "ben"]))

    assert sorted((t.graded.student, t.again) for t in told) == [
        ("ada", False),
        ("ada", True),
        ("ben", False),
    ]
    first, second = (report(t) for t in told if t.graded.student == "ada")
    assert first.exercise("transpose").diagnosis is None
    assert second.exercise("transpose").diagnosis is not None
    assert (first.points, first.wall_s) == (second.points, second.wall_s)


ZERO = "def total(m):\n    return 0.0"


def test_mistakes_that_cannot_be_tried_take_no_hint_from_other_exercises(
    mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though a worker tries those of several exercises in one go."""
    folder = name_the_group(mini).parents[1] / "total"
    folder.mkdir()
    source = f'"""Zero.\n\nfails: test_sums\nhint: Summed?\n"""\n{ZERO}\n'
    (folder / "zero.py").write_text(source, encoding="utf-8")
    mini.hand_in("ada", mini.answered(transpose=FLIPS, total=ZERO))
    usual = trying.each

    def each(judge: Any, cells: Any, answers: Any) -> Any:
        if any(answer.exercise == "transpose" for answer in answers):
            raise NotGraded("the kit has no kernel for it")
        return usual(judge, cells, answers)

    monkeypatch.setattr(doing, "each", each)
    course = mini.course
    course.settings.grading.workers = 1

    *_, last = grade_class(course, ASSIGNMENT, ["ada"], make_executor=forked_processes)

    found = report(last)
    assert found.exercise("transpose").diagnosis is None
    assert found.exercise("total").diagnosis == Diagnosis(mistakes=("total/zero",), hint="Summed?")
    assert any("the kit has no kernel for it" in note.text for note in found.notes)


def test_a_mistake_that_is_taken_away_takes_its_hint(mini: Mini) -> None:
    graded_class(mini)
    path = name_the_group(mini)
    grade(mini)

    path.unlink()
    told = grade(mini)

    assert report(told["ada"]).exercise("transpose").diagnosis is None
    notebook = mini.root / "autograded" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    (cell,) = [
        cell
        for cell in nbformat.read(notebook, as_version=4).cells
        if cell.metadata.nbgrader.get("grade_id") == "transpose-checks"
    ]
    assert f"Hint: {HINT}" in cell.outputs[0].data["text/html"]


def test_a_graded_notebook_that_is_lost_is_put_back_and_gets_its_hint(mini: Mini) -> None:
    graded_class(mini)
    name_the_group(mini)
    path = mini.root / "autograded" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.unlink()

    told = grade(mini)

    assert [s for s, t in told.items() if not t.unchanged] == []
    assert path.is_file()
    assert report(told["ada"]).exercise("transpose").diagnosis is not None
