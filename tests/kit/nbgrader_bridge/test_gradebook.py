"""The gradebook: opened once a process, written in one piece."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Mapping

from nbgrader.api import Gradebook

from autograder.nbgrader_bridge import gradebook as gradebooks
from autograder.nbgrader_bridge.gradebook import opened, save_grades, scores
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini

CHECKS = "transpose-checks"


def add(gradebook: Gradebook, student: str) -> None:
    gradebook.update_or_create_submission(
        ASSIGNMENT, gradebook.update_or_create_student(student).id
    )


def save(
    mini: Mini,
    student: str,
    new: dict[str, float | None],
    answers: Mapping[str, str] | None = None,
    /,
    **unanswered: bool,
) -> None:
    url = mini.course.db_url
    save_grades(url, ASSIGNMENT, ASSIGNMENT, student, new, unanswered, answers or {})


def grade_by_hand(mini: Mini, name: str, points: float) -> None:
    """As Formgrader writes it."""
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def waits(mini: Mini, name: str) -> bool:
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, "ada")
        return bool(grade.needs_manual_grade)


def test_what_others_write_is_seen(mini: Mini) -> None:
    url = mini.course.db_url
    with opened(url) as ours:
        assert ours.students == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Gradebook(url) as theirs:
            theirs.add_student("ada")

    with opened(url) as ours:
        assert [student.id for student in ours.students] == ["ada"]


def test_what_was_not_committed_is_gone(mini: Mini) -> None:
    with opened(mini.course.db_url) as first:
        first.add_student("ada")
        first.find_student("ada").first_name = "Ada"

    with opened(mini.course.db_url) as second:
        assert second.find_student("ada").first_name is None


def test_two_at_a_time_have_a_session_each(mini: Mini) -> None:
    with opened(mini.course.db_url) as first, opened(mini.course.db_url) as second:
        first.add_student("ada")

        assert first.db is not second.db
        assert second.find_student("ada").id == "ada"


def test_a_gradebook_that_was_replaced_is_opened_anew(mini: Mini) -> None:
    file = mini.root / "gradebook.db"
    shutil.copy(file, mini.root / "earlier.db")
    with opened(mini.course.db_url) as before:
        before.add_student("ada")

    os.replace(mini.root / "earlier.db", file)

    with opened(mini.course.db_url) as after:
        assert after.students == []


def test_no_connection_is_carried_into_a_forked_process(mini: Mini) -> None:
    with opened(mini.course.db_url):
        pass
    assert gradebooks._kept

    child = os.fork()
    if child == 0:
        os._exit(len(gradebooks._kept))

    assert os.waitpid(child, 0)[1] == 0


def test_points_that_are_no_longer_earned_go(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        add(gradebook, "ada")
    save(mini, "ada", {CHECKS: 3.0, "total-checks": 2.0})

    save(mini, "ada", {CHECKS: 1.0})

    now = scores(mini.course.db_url, ASSIGNMENT, "ada")
    assert (now[CHECKS], now["total-checks"]) == (1.0, 0.0)


def test_a_person_looks_at_what_has_no_score_or_was_scored_by_hand(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        add(gradebook, "ada")
        gradebook.find_grade(CHECKS, ASSIGNMENT, ASSIGNMENT, "ada").manual_score = 1.0
        gradebook.db.commit()

    save(mini, "ada", {CHECKS: 3.0, "total-checks": 2.0, WRITTEN: None}, **{WRITTEN: True})

    with opened(mini.course.db_url) as gradebook:
        names = (CHECKS, "total-checks", WRITTEN)
        found = [gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, "ada") for name in names]
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        assert [grade.needs_manual_grade for grade in found] == [True, False, True]
        assert [grade.auto_score for grade in found] == [3.0, 2.0, None]
        assert comment.auto_comment == "No response."


def test_what_a_person_has_graded_stays_until_the_answer_is_another(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        add(gradebook, "ada")
    first = {WRITTEN: "an answer", CHECKS: "its code"}
    save(mini, "ada", {CHECKS: 1.0, WRITTEN: None}, first)
    assert waits(mini, WRITTEN)
    grade_by_hand(mini, WRITTEN, 2.0)

    save(mini, "ada", {CHECKS: 3.0, WRITTEN: None}, {**first, CHECKS: "other code"})
    assert not waits(mini, WRITTEN)

    save(mini, "ada", {CHECKS: 3.0, WRITTEN: None}, {**first, WRITTEN: "another answer"})
    assert waits(mini, WRITTEN)


def test_an_answer_that_is_gone_is_another_answer(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        add(gradebook, "ada")
    save(mini, "ada", {WRITTEN: None}, {WRITTEN: "an answer"})
    grade_by_hand(mini, WRITTEN, 2.0)

    save(mini, "ada", {}, {})

    assert waits(mini, WRITTEN)
