"""After a change to one check, that exercise alone is asked; what comes of it is as if all were."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.regrading import Effect, regrade
from autograder.course.course import CHECKS_FILE
from autograder.results import ExerciseResult, Report, read
from tests.kit.course_maker import ASSIGNMENT, POINTS, Mini

WRONG = "def transpose(m):\n    return m"
IN_PLACE = "def with_column(m, j, value):\n    m[:, j] = value\n    return m"
STRICTER = """

@check("with_column")
def test_leaves_the_matrix_as_it_was(student, rng):
    before = rng.tensor(3, 3)
    matrix = put(student, before)
    student.with_column(matrix, 1, 2.0)
    expect(fetch(matrix), before)
"""


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class that is graded, and then one check comes to one exercise. Copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("changed") / "course")
    mini.hand_in("ada", mini.answered())
    mini.hand_in("ben", mini.answered(transpose=WRONG, with_column=IN_PLACE))
    list(grade_class(mini.course, ASSIGNMENT, ["ada", "ben"]))
    add_to_checks(mini, STRICTER)
    return mini


@pytest.fixture
def changed(graded: Mini, tmp_path: Path) -> Mini:
    return graded.copy_to(tmp_path / "course")


def add_to_checks(mini: Mini, text: str) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def report(mini: Mini, student: str) -> Report:
    return read(mini.course.folder("autograded", student, ASSIGNMENT) / CHECKS_FILE)


def asked_again(before: Report, now: Report) -> set[str]:
    """The exercises that were asked: of the others even the time that each check took is kept."""
    return {
        old.exercise for old, new in zip(before.exercises, now.exercises, strict=True) if old != new
    }


def without_times(report: Report) -> list[ExerciseResult]:
    return [
        dataclasses.replace(
            one, checks=tuple(dataclasses.replace(check, wall_s=0.0) for check in one.checks)
        )
        for one in report.exercises
    ]


def test_only_the_changed_exercise_is_asked_and_the_rest_is_kept(changed: Mini) -> None:
    before = {student: report(changed, student) for student in ("ada", "ben")}

    list(grade_class(changed.course, ASSIGNMENT, ["ada", "ben"]))

    for student in ("ada", "ben"):
        assert asked_again(before[student], report(changed, student)) == {"with_column"}
    assert report(changed, "ada").points == report(changed, "ada").max_points
    ben = report(changed, "ben").exercise("with_column")
    assert [check.credit for check in ben.checks] == [1.0, 0.0]
    assert ben.checks[1].gap is not None


def test_it_gives_what_asking_all_gives(changed: Mini, tmp_path: Path) -> None:
    other = changed.copy_to(tmp_path / "whole")

    list(grade_class(changed.course, ASSIGNMENT, ["ada", "ben"]))
    list(grade_class(other.course, ASSIGNMENT, ["ada", "ben"], force=True))

    for student in ("ada", "ben"):
        assert without_times(report(changed, student)) == without_times(report(other, student))
        assert changed.scores(student) == other.scores(student)
        assert report(changed, student).notes == report(other, student).notes


def test_forced_all_are_asked(changed: Mini) -> None:
    before = report(changed, "ada")

    list(grade_class(changed.course, ASSIGNMENT, ["ada"], force=True))

    assert asked_again(before, report(changed, "ada")) == set(POINTS)


def test_a_regrade_and_its_dry_run_ask_what_has_changed(changed: Mini) -> None:
    before = report(changed, "ben")

    (tried,) = regrade(changed.course, ASSIGNMENT, ["ben"], dry_run=True)
    assert report(changed, "ben") == before
    (done,) = regrade(changed.course, ASSIGNMENT, ["ben"])

    assert tried.effect is done.effect is Effect.LOSES
    assert [one.exercise for one in done.moved] == ["with_column"]
    assert asked_again(before, report(changed, "ben")) == {"with_column"}


def test_another_hand_in_is_asked_all(changed: Mini) -> None:
    before = report(changed, "ada")
    changed.hand_in("ada", changed.answered(total="def total(m):\n    return float(m.sum())"))

    list(grade_class(changed.course, ASSIGNMENT, ["ada"]))

    assert asked_again(before, report(changed, "ada")) == set(POINTS)


def test_another_setting_has_all_asked(changed: Mini) -> None:
    before = report(changed, "ada")
    path = changed.root / "course_config.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nc.Limits.call_s = 5.0\n", encoding="utf-8")

    list(grade_class(Mini(changed.root).course, ASSIGNMENT, ["ada"]))

    assert asked_again(before, report(changed, "ada")) == set(POINTS)


def test_what_was_never_judged_is_asked(changed: Mini, tmp_path: Path) -> None:
    """A check that ran too long kept another one of its exercise from being asked."""
    slow = "def transpose(m):\n    while True:\n        pass"
    mini = changed.copy_to(tmp_path / "slow")
    mini.hand_in("cleo", mini.answered(transpose=slow))
    list(grade_class(mini.course, ASSIGNMENT, ["cleo"]))
    before = report(mini, "cleo")
    add_to_checks(mini, STRICTER.replace("test_leaves", "test_still_leaves"))

    list(grade_class(mini.course, ASSIGNMENT, ["cleo"]))

    assert "transpose" in asked_again(before, report(mini, "cleo"))
