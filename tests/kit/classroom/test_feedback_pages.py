"""Feedback pages: made by several processes, and only where they would be others than they are."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.course.course import CHECKS_FILE, open_course
from autograder.nbgrader_bridge.gradebook import opened
from autograder.results import Sentence, read, write
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini

CLASS = ("ada", "ben", "cleo", "dan", "eve")


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class with its pages. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("pages") / "course")
    for student in CLASS:
        mini.hand_in(student, mini.answered(total="def total(m):\n    return 0.0"))
    assert all(told.graded.report for told in grade_class(mini.course, ASSIGNMENT, CLASS))
    assert make(mini) == []
    return mini


@pytest.fixture
def copy(graded: Mini, tmp_path: Path) -> Mini:
    return graded.copy_to(tmp_path / "course")


def make(mini: Mini) -> list[str]:
    """Makes all pages; whose were not made."""
    course = open_course(load(mini.root))
    return [s for s, problem in feedback_for(course, ASSIGNMENT, CLASS) if problem is not None]


def page(mini: Mini, student: str) -> Path:
    return mini.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"


def made_anew(mini: Mini) -> list[str]:
    """Whose pages are others when all are asked for once more."""
    before = {student: os.stat(page(mini, student)).st_ino for student in CLASS}
    assert make(mini) == []
    return [student for student in CLASS if os.stat(page(mini, student)).st_ino != before[student]]


def test_every_page_is_there_and_says_its_students_points(graded: Mini) -> None:
    for student in CLASS:
        assert "total: 0 of 2 points" in page(graded, student).read_text(encoding="utf-8")


def test_pages_that_stand_are_not_made_again(copy: Mini) -> None:
    assert made_anew(copy) == []


def _comment(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ben")
        comment.manual_comment = "See me."
        gradebook.db.commit()


def _score(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ben")
        grade.manual_score = 1.0
        gradebook.db.commit()


def _another_notebook(mini: Mini) -> None:
    mini.hand_in("ben", mini.answered())
    list(grade_class(open_course(load(mini.root)), ASSIGNMENT, ["ben"]))


def _extension(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 1, 1))
    assert made_anew(mini) == list(CLASS)
    with opened(mini.course.db_url) as gradebook:
        gradebook.grant_extension(ASSIGNMENT, "ben", hours=1)


def _another_report(mini: Mini) -> None:
    path = mini.root / "autograded" / "ben" / ASSIGNMENT / CHECKS_FILE
    path.chmod(0o644)
    report = read(path)
    write(dataclasses.replace(report, notes=(Sentence(text="A cell was stopped."),)), path)


def _touched(mini: Mini) -> None:
    page(mini, "ben").write_text("somebody's own", encoding="utf-8")


def _lost(mini: Mini) -> None:
    kept = page(mini, "ben").read_bytes()
    page(mini, "ben").unlink()
    # So that there is something to compare with: what is put there is not what was made.
    page(mini, "ben").write_bytes(kept[:-1])


@pytest.mark.parametrize(
    "change",
    [_comment, _score, _extension, _another_report, _another_notebook, _touched, _lost],
)
def test_a_page_that_would_be_another_is_made_anew(
    copy: Mini, change: Callable[[Mini], None]
) -> None:
    change(copy)

    assert made_anew(copy) == ["ben"]


def test_a_setting_makes_all_pages_anew(copy: Mini) -> None:
    with (copy.root / "course_config.py").open("a") as settings:
        settings.write("\nc.KitFeedback.exclude_input = True\n")

    assert made_anew(copy) == list(CLASS)


def test_what_a_comment_says_stands_on_the_page(copy: Mini) -> None:
    _comment(copy)

    make(copy)

    assert "See me." in page(copy, "ben").read_text(encoding="utf-8")


def test_one_page_that_cannot_be_made_costs_no_other(copy: Mini) -> None:
    _touched(copy)
    (copy.root / "autograded" / "cleo" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").unlink()
    for student in ("ada", "dan"):
        page(copy, student).unlink()

    assert make(copy) == ["cleo"]
    assert page(copy, "ada").is_file()
    assert list((copy.root / ".autograder" / "work").iterdir()) == []
