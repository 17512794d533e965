"""A class with all its misfortunes, in the gradebook: graded by us, and by stock nbgrader."""

from __future__ import annotations

import json
from collections.abc import Mapping

import nbformat
import pytest

from autograder.course.course import CHECKS_FILE
from autograder.nbgrader_bridge.gradebook import opened
from autograder.results import Reader
from tests.kit.course_maker import ALL_POINTS, ASSIGNMENT, MARK_SCHEME, POINTS, WRITTEN, full_marks
from tests.kit.nbgrader_bridge.sample_class import (
    BRACKETS,
    ClassRun,
    claims_full_marks,
    everything_below,
)

FULL = full_marks()
NOTHING = dict.fromkeys(POINTS, 0.0)
WAITS: dict[str, float | None] = dict.fromkeys(POINTS)
EXPECTED: dict[str, Mapping[str, float | None]] = {
    "ada": FULL,
    "ben": NOTHING,
    "boom": {**FULL, "transpose": 0.0, "with_column": 0.0},
    "loop": {**FULL, "total": 0.0},
    "text": WAITS,
    "copies": FULL,
    "skips": NOTHING,
    # Two of three: the heavier check passes, a copy is no view.
    "warns": {**FULL, "transpose": 2.0},
    "punctual": FULL,
    "late": FULL,
    "mallory": {**FULL, "total": 0.0, "from_list": 0.0},
    "files": {**FULL, "transpose": 0.0, "total": 0.0},
    "link": WAITS,
}


def autograded(run: ClassRun, student: str, *, stock: bool = False) -> nbformat.NotebookNode:
    mini = run.stock if stock else run.ours
    path = mini.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    return nbformat.read(path, as_version=4)


def without_written(scores: dict[str, float | None]) -> dict[str, float | None]:
    return {name: score for name, score in scores.items() if name != WRITTEN}


def notes(run: ClassRun, student: str) -> str:
    report = run.graded[student].report
    assert report is not None
    said = [note.text for note in report.notes if Reader.STUDENT.may_read(note)]
    if report.undecided:
        said += report.exercises[0].checks[0].said_to(Reader.STUDENT)
    return " ".join(said)


@pytest.mark.parametrize("student", EXPECTED)
def test_points_arrive_in_the_gradebook_as_they_were_earned(
    class_run: ClassRun, student: str
) -> None:
    assert without_written(class_run.ours.scores(student)) == EXPECTED[student]
    report = class_run.graded[student].report
    assert report is not None
    assert report.points == sum(points or 0.0 for points in EXPECTED[student].values())


def test_a_name_with_brackets_in_it_is_only_a_name(class_run: ClassRun) -> None:
    assert without_written(class_run.ours.scores(BRACKETS)) == FULL


@pytest.mark.parametrize("student", EXPECTED)
def test_stock_nbgrader_gives_the_same_points(class_run: ClassRun, student: str) -> None:
    assert class_run.stock.scores(student) == class_run.ours.scores(student)


def test_stock_nbgrader_finishes_the_class_without_a_failure(class_run: ClassRun) -> None:
    assert "exit status 0" in class_run.stock_log
    assert "Traceback" not in class_run.stock_log


def test_the_maximum_is_what_the_source_says(class_run: ClassRun) -> None:
    for mini in (class_run.ours, class_run.stock):
        with opened(mini.course.db_url) as gradebook:
            highest = {s.max_code_score for s in gradebook.assignment_submissions(ASSIGNMENT)}
        assert highest == {ALL_POINTS}


def test_a_written_answer_waits_for_a_person_an_empty_one_does_not(class_run: ClassRun) -> None:
    assert class_run.ours.scores("ada")[WRITTEN] is None
    assert class_run.ours.scores("ben")[WRITTEN] == 0.0
    for mini in (class_run.ours, class_run.stock):
        with opened(mini.course.db_url) as gradebook:
            grades = {
                student: gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
                for student in ("ada", "ben", "text")
            }
            waits = {student: grade.needs_manual_grade for student, grade in grades.items()}
        assert waits == {"ada": True, "ben": False, "text": True}


def test_who_is_late_gets_the_penalty_of_the_course(class_run: ClassRun) -> None:
    for mini in (class_run.ours, class_run.stock):
        with opened(mini.course.db_url) as gradebook:
            penalties = {
                student: gradebook.find_submission(ASSIGNMENT, student).late_submission_penalty
                for student in ("ada", "punctual", "late")
            }
        assert penalties == {"ada": 0.0, "punctual": 0.0, "late": ALL_POINTS}


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("text", "No notebook with answers could be read. a1.ipynb: it is no JSON"),
        ("link", "it is a link, and only files are taken"),
        ("boom", "with_column ended the kernel"),
    ],
)
def test_who_lost_points_to_a_mishap_is_told(class_run: ClassRun, student: str, words: str) -> None:
    assert words in notes(class_run, student)
    assert words in class_run.page(student).get_text()
    assert words in class_run.page(student, stock=True).get_text()


@pytest.mark.parametrize("student", EXPECTED)
def test_checks_json_is_the_judges(class_run: ClassRun, student: str) -> None:
    for mini in (class_run.ours, class_run.stock):
        data = json.loads(mini.read("autograded", student, ASSIGNMENT, CHECKS_FILE))
        assert data != json.loads(claims_full_marks())
        assert data["points"] == sum(points or 0.0 for points in EXPECTED[student].values())


@pytest.mark.parametrize("student", EXPECTED)
def test_only_the_notebook_and_what_is_ours_lies_in_autograded(
    class_run: ClassRun, student: str
) -> None:
    expected = {f"{ASSIGNMENT}.ipynb", CHECKS_FILE}
    if student in ("punctual", "late"):
        expected.add("timestamp.txt")
    for mini in (class_run.ours, class_run.stock):
        folder = mini.root / "autograded" / student / ASSIGNMENT
        assert {path.name for path in folder.iterdir()} == expected


@pytest.mark.parametrize("student", EXPECTED)
def test_beside_the_feedback_page_lies_nothing_that_was_not_asked_for(
    class_run: ClassRun, student: str
) -> None:
    for mini in (class_run.ours, class_run.stock):
        folder = mini.root / "feedback" / student / ASSIGNMENT
        names = {path.name for path in folder.iterdir()}
        assert names - {"timestamp.txt"} == {f"{ASSIGNMENT}.html"}


@pytest.mark.parametrize("student", ["files", "link"])
def test_a_link_gives_nobody_the_gradebook_or_the_solution(
    class_run: ClassRun, student: str
) -> None:
    for mini in (class_run.ours, class_run.stock):
        for step in ("autograded", "feedback"):
            found = everything_below(mini.root / step / student)
            assert b"SQLite format" not in found
            assert b"BEGIN SOLUTION" not in found
            assert MARK_SCHEME.encode() not in found


def test_the_guard_is_not_shown_to_readers(class_run: ClassRun) -> None:
    for stock in (False, True):
        for cell in autograded(class_run, "ada", stock=stock).cells:
            assert "HIDDEN TESTS" not in cell.source


def test_a_graded_cells_first_output_is_the_score_nbgrader_reads(class_run: ClassRun) -> None:
    cells = {c.id: c for c in autograded(class_run, "warns").cells}

    (output,) = cells["transpose-checks"].outputs

    assert output.output_type == "execute_result"
    assert output.data["text/plain"] == "2.0"
    assert "autograder-report" in output.data["text/html"]


def test_nothing_is_left_in_the_work_folder(class_run: ClassRun) -> None:
    assert list((class_run.ours.root / ".autograder" / "work").iterdir()) == []
