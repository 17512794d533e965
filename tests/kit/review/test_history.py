"""`autograder history`: how a grade came about, with the reason for each grading."""

from __future__ import annotations

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.errors import UnknownName
from autograder.nbgrader_bridge.gradebook import opened
from autograder.review.history import GradeHistory, grade_history
from tests.kit.course_maker import ALL_POINTS, ASSIGNMENT, POINTS, Mini

WRONG = "def transpose(m):\n    return m"


@pytest.fixture(scope="module")
def course(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = released.copy_to(tmp_path_factory.mktemp("history") / "course")
    mini.hand_in("ada", mini.answered(transpose=WRONG))
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    mini.hand_in("ada", mini.answered())
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    list(grade_class(mini.course, ASSIGNMENT, ["ada"], force=True))
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text("utf-8") + "\n# Another thought.\n", encoding="utf-8")
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    with opened(mini.course.db_url) as gradebook:
        gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "ada").manual_score = 1.0
        comment = gradebook.find_comment("transpose", ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = "Copied from\x1b[31m the board."
        gradebook.db.commit()
    list(feedback_for(mini.course, ASSIGNMENT, ["ada"], released=True))
    return mini


@pytest.fixture(scope="module")
def found(course: Mini) -> GradeHistory:
    return grade_history(course.course, ASSIGNMENT, "ada")


def test_each_grading_has_its_reason(found: GradeHistory) -> None:
    assert [one.why for one in found.gradings] == [
        "first grading",
        "another hand-in",
        "graded anew",
        "checks, points or settings have changed",
    ]


def test_each_has_its_points_and_its_file(found: GradeHistory) -> None:
    lost = ALL_POINTS - POINTS["transpose"]

    assert [one.points for one in found.gradings] == [lost, ALL_POINTS, ALL_POINTS, ALL_POINTS]
    assert all(one.file.startswith("a1.ipynb, code ") for one in found.gradings)
    assert found.gradings[0].file != found.gradings[1].file


def test_what_a_person_gave_stands_beside_what_the_checks_had_found(found: GradeHistory) -> None:
    (given,) = found.by_hand

    assert (given.name, given.points, given.by_checks) == ("transpose", 1.0, POINTS["transpose"])
    assert given.is_override
    assert found.released


def test_the_command_prints_it_and_no_escape(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["history", ASSIGNMENT, "--student", "ada", "--course", str(course.root)])

    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "by checks (autograder grade, round 1): another hand-in, a1.ipynb, code " in printed
    assert "by hand  transpose: 1 in the place of 3" in printed
    assert "feedback released" in printed
    assert "\x1b" not in printed


def test_one_who_was_never_graded_is_told(course: Mini) -> None:
    with pytest.raises(UnknownName, match="There is no result named eve"):
        grade_history(course.course, ASSIGNMENT, "eve")
