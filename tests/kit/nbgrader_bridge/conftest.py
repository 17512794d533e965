"""The sample class, graded once for all tests of this room."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.nbgrader_bridge.gradebook import opened, put_scripts_on_path
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini
from tests.kit.nbgrader_bridge.sample_class import (
    BRACKETS,
    HOSTILE_HTML,
    ClassRun,
    hand_in_all,
    start_stock_run,
)

# Late submissions lose all: nbgrader's own policy.
POLICY = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
DUE = datetime(2026, 11, 10, tzinfo=UTC).replace(tzinfo=None)


def _comment(gradebook: Gradebook, student: str, text: str) -> None:
    comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
    comment.manual_comment = text
    gradebook.db.commit()


@pytest.fixture(scope="session")
def class_run(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> ClassRun:
    """The sample class, graded by us and by stock nbgrader. Not to be changed: copy it."""
    put_scripts_on_path()
    folder = tmp_path_factory.mktemp("class")
    minis = []
    for name in ("stock", "ours"):
        mini = released.copy_to(folder / name)
        with (mini.root / "course_config.py").open("a") as settings:
            settings.write(POLICY)
        with opened(mini.course.db_url) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
        hand_in_all(mini)
        minis.append(mini)
    stock, ours = minis
    ours.hand_in(BRACKETS, ours.answered())
    log = folder / "stock.log"
    process = start_stock_run(stock, log)
    course = ours.course
    students = course.submitted(ASSIGNMENT)
    graded = {
        told.graded.student: told.graded for told in grade_class(course, ASSIGNMENT, students)
    }
    with opened(course.db_url) as gradebook:
        _comment(gradebook, "ada", f"Well done. {HOSTILE_HTML}")
    failed = [problem for _, problem in feedback_for(course, ASSIGNMENT, students) if problem]
    assert not failed
    process.wait(timeout=240)
    return ClassRun(
        ours=ours, stock=stock, graded=graded, stock_log=log.read_text(encoding="utf-8")
    )
