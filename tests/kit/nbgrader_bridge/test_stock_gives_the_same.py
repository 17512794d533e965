"""Stock nbgrader gives what `autograder grade` gives: graded notebook, checks.json, gradebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from autograder.classroom.grade import grade_class
from autograder.course.course import CHECKS_FILE
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.stock import BY_STOCK
from tests.kit.course_maker import ASSIGNMENT, Mini
from tests.kit.nbgrader_bridge.sample_class import BRACKETS, ClassRun

# What stock nbgrader never sees: it takes a folder's name for a pattern, and passes over a folder
# without a notebook of the right name before any step of ours runs.
NOT_TAKEN_UP = {BRACKETS}


def without_times(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: without_times(one) for name, one in value.items() if name != "wall_s"}
    return [without_times(one) for one in value] if isinstance(value, list) else value


def graded(mini: Mini, student: str) -> tuple[Any, Any, Any]:
    folder = mini.course.folder("autograded", student, ASSIGNMENT)
    texts = [(folder / name).read_text("utf-8") for name in (f"{ASSIGNMENT}.ipynb", CHECKS_FILE)]
    notebook, checks = (without_times(json.loads(text)) for text in texts)
    return notebook, checks, mini.scores(student)


@pytest.fixture(scope="module")
def both(
    class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mini, dict[str, Any], dict[str, Any]]:
    """A graded class, graded again by stock nbgrader: what each made of it, by student."""
    mini = class_run.ours.copy_to(tmp_path_factory.mktemp("both") / "course")
    students = mini.course.submitted(ASSIGNMENT)
    ours = {student: graded(mini, student) for student in students}
    done = mini.nbgrader("autograde", ASSIGNMENT, "--force")
    assert done.returncode == 0, done.stderr
    return mini, ours, {student: graded(mini, student) for student in students}


def test_each_submission_comes_out_the_same(
    both: tuple[Mini, dict[str, Any], dict[str, Any]],
) -> None:
    _mini, ours, stock = both

    assert len(ours) > 10
    assert [s for s in ours if stock[s] != ours[s]] == []


def test_what_stock_nbgrader_takes_up_is_known(
    both: tuple[Mini, dict[str, Any], dict[str, Any]],
) -> None:
    mini, ours, _stock = both
    record = Record(mini.course, ASSIGNMENT)

    newest = {student: record.history(student).newest for student in ours}

    assert {s for s, entry in newest.items() if entry and entry.by != BY_STOCK} == NOT_TAKEN_UP


def test_a_class_run_has_nothing_left_to_grade(
    both: tuple[Mini, dict[str, Any], dict[str, Any]],
) -> None:
    mini, ours, _stock = both

    told = list(grade_class(mini.course, ASSIGNMENT, list(ours)))

    assert [one.graded.student for one in told if not one.unchanged] == []
