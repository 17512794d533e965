"""The sample class, graded for real: everybody gets what their story deserves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.course.course import open_course
from autograder.course.digits import digits_place
from autograder.demo.run import SampleClass, make_class
from autograder.errors import KitError
from autograder.report.report import statistics_of, write_report
from autograder.results import Report
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
ASSIGNMENT = "1-tensors"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleClass:
    """A sample class below a copy of this course: the checkout's own is not touched."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    digits, _ = digits_place(open_course(load(ROOT)))
    with (folder / "course_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.MnistData.also_look_in = [{str(digits)!r}]\n")
        config.write("c.MnistData.download = False\n")
    return make_class(open_course(load(folder)), (ASSIGNMENT,))


@pytest.fixture(scope="module")
def reports(sample: SampleClass) -> dict[str, Report]:
    students = [story.student for story in sample.stories[ASSIGNMENT]]
    told = {t.graded.student: t.graded for t in grade_class(sample.course, ASSIGNMENT, students)}
    return {name: graded.report for name, graded in told.items() if graded.report is not None}


def test_everybody_is_graded(sample: SampleClass, reports: dict[str, Report]) -> None:
    assert set(reports) == {story.student for story in sample.stories[ASSIGNMENT]}
    assert len(reports) >= 12


@pytest.mark.parametrize("student", ["ada", "cleo", "kim"])
def test_right_answers_get_full_marks(student: str, reports: dict[str, Report]) -> None:
    assert reports[student].points == reports[student].max_points


@pytest.mark.parametrize("student", ["ben", "lea"])
def test_nothing_answered_gets_nothing(student: str, reports: dict[str, Report]) -> None:
    assert reports[student].points == 0


@pytest.mark.parametrize("student", ["dan", "eve"])
def test_three_mistakes_lose_points_in_three_exercises(
    student: str, reports: dict[str, Report]
) -> None:
    lost = [e for e in reports[student].exercises if e.points < e.max_points]

    assert len(lost) == 3


@pytest.mark.parametrize("student", ["finn", "gus", "hana", "ivan", "jo"])
def test_a_crash_a_loop_and_a_forgery_cost_their_own_exercise(
    student: str, reports: dict[str, Report]
) -> None:
    lost = [e for e in reports[student].exercises if e.points < e.max_points]

    assert [e.points for e in lost] == [0]


def test_the_same_class_again_is_not_graded_again(
    sample: SampleClass, reports: dict[str, Report]
) -> None:
    again = list(grade_class(sample.course, ASSIGNMENT, list(reports)))

    assert all(told.unchanged for told in again)
    assert {t.graded.student: t.graded.report for t in again} == reports


def test_everybody_has_a_feedback_page(sample: SampleClass, reports: dict[str, Report]) -> None:
    made = dict(feedback_for(sample.course, ASSIGNMENT, sorted(reports)))

    assert set(made.values()) == {None}
    page = sample.course.folder("feedback", "dan", ASSIGNMENT) / f"{ASSIGNMENT}.html"
    assert "Hint: " in page.read_text(encoding="utf-8")


def test_the_report_says_what_the_sample_class_has_not_understood(
    sample: SampleClass, reports: dict[str, Report]
) -> None:
    said = statistics_of(sample.course, ASSIGNMENT).said
    page = write_report(sample.course, ASSIGNMENT).read_text(encoding="utf-8")

    wrong = {e.exercise for r in reports.values() for e in r.exercises if e.points < e.max_points}
    assert wrong == {line.split(" lost points in ")[1].split(";")[0] for line in said[:-2]}
    assert all(exercise in page for exercise in wrong)
    assert f"{len(reports)} graded" in page


def test_a_folder_that_is_no_sample_class_is_left_alone(tmp_path: Path) -> None:
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path)
    mine = tmp_path / "demo-class" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")

    with pytest.raises(KitError, match="is not a sample class"):
        make_class(open_course(load(tmp_path)), ())

    assert mine.read_text(encoding="utf-8") == "mine"
