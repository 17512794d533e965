"""Totals as they should be now: late penalties, and what a person has graded by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.cli.commands import run
from autograder.course.course import Course, open_course
from autograder.errors import SettingsProblem
from autograder.nbgrader_bridge.gradebook import opened, totals
from autograder.settings.load import load
from tests.kit.course_maker import ALL_POINTS, ASSIGNMENT, WRITTEN, Mini

NAMED = '\nc.AssignLatePenalties.plugin_class = "late_policy.Share"\n'
FUTURE = "from __future__ import annotations\n"
POLICY = """
from dataclasses import dataclass

from nbgrader.plugins import BasePlugin


@dataclass
class Rule:
    share: float


class Share(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {share}
"""
TENTH = "Rule(0.1).share * score"
NOON = datetime(2026, 11, 10, 12)
IN_TIME, LATE = "2026-11-10 11:00:00 UTC", "2026-11-10 18:00:00 UTC"


@dataclass(frozen=True)
class Class:
    """A graded class: ada submitted six hours after NOON, ben one hour before it."""

    mini: Mini

    @property
    def course(self) -> Course:
        return open_course(load(self.mini.root))

    def has_policy(self, penalty: str) -> None:
        (self.mini.root / "late_policy.py").write_text(FUTURE + POLICY.format(share=penalty))

    def is_due(self, when: datetime | None, *, extended_by_h: int = 0) -> None:
        with opened(self.course.db_url) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=when)
            for student in ("ada", "ben"):
                gradebook.grant_extension(ASSIGNMENT, student, hours=extended_by_h)

    def graded_by_hand(self, student: str, cell: str, points: float | None) -> None:
        """As Formgrader writes it."""
        with opened(self.course.db_url) as gradebook:
            grade = gradebook.find_grade(cell, ASSIGNMENT, ASSIGNMENT, student)
            grade.manual_score = points
            grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
            comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
            comment.manual_comment = "Said well."
            gradebook.db.commit()

    def grade(self, *students: str, force: bool = False) -> Sequence[Told]:
        return list(grade_class(self.course, ASSIGNMENT, students or ("ada", "ben"), force=force))

    def penalty(self, student: str) -> float:
        with opened(self.course.db_url) as gradebook:
            found = gradebook.find_submission(ASSIGNMENT, student).late_submission_penalty
            return float(found)

    def cell(self, student: str, name: str) -> dict[str, Any]:
        with opened(self.course.db_url) as gradebook:
            grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, student)
            comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
            return {
                "points": grade.manual_score,
                "waits": grade.needs_manual_grade,
                "comment": comment.comment,
            }


@pytest.fixture(scope="module")
def class_of_two(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Class:
    mini = released.copy_to(tmp_path_factory.mktemp("totals") / "course")
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(NAMED)
    for student, when in (("ada", LATE), ("ben", IN_TIME)):
        mini.hand_in(student, mini.answered(), {"timestamp.txt": when})
    found = Class(mini)
    found.has_policy(TENTH)
    assert all(told.graded.report for told in found.grade())
    return found


@pytest.fixture
def class_(class_of_two: Class) -> Class:
    """The class as it was graded at first: a tenth is lost by being late, and NOON is due."""
    class_of_two.has_policy(TENTH)
    class_of_two.is_due(NOON)
    class_of_two.graded_by_hand("ada", WRITTEN, None)
    told = class_of_two.grade()
    assert all(one.unchanged for one in told)
    assert (class_of_two.penalty("ada"), class_of_two.penalty("ben")) == (0.9, 0.0)
    return class_of_two


def test_a_due_date_that_is_moved_counts_for_what_was_graded_before(class_: Class) -> None:
    class_.is_due(datetime(2026, 11, 10, 10))
    assert all(told.unchanged for told in class_.grade())
    assert (class_.penalty("ada"), class_.penalty("ben")) == (0.9, 0.9)

    class_.is_due(datetime(2026, 11, 11))
    class_.grade()
    assert (class_.penalty("ada"), class_.penalty("ben")) == (0.0, 0.0)

    class_.is_due(None, extended_by_h=1)
    class_.grade()
    assert (class_.penalty("ada"), class_.penalty("ben")) == (0.0, 0.0)


def test_an_extension_counts_for_what_was_graded_before(class_: Class) -> None:
    class_.is_due(NOON, extended_by_h=6)

    assert all(told.unchanged for told in class_.grade())
    assert class_.penalty("ada") == 0.0


def test_points_given_by_hand_count_and_a_penalty_is_rounded_to_hundredths(class_: Class) -> None:
    class_.has_policy("score / 3")
    class_.graded_by_hand("ada", WRITTEN, 2.2)

    class_.grade()

    assert class_.penalty("ada") == 3.73
    assert totals(class_.course.db_url, ASSIGNMENT)["ada"].points == 7.47


def test_a_policy_counts_as_it_is_written_now(class_: Class) -> None:
    """Within one second and in as many characters: Python's cache would not see it."""
    class_.has_policy(TENTH.replace("1", "3"))

    assert all(told.unchanged for told in class_.grade())
    assert class_.penalty("ada") == 2.7


def test_penalties_are_derived_for_everybody_whoever_is_graded(class_: Class) -> None:
    class_.has_policy(TENTH.replace("1", "2"))

    class_.grade("ben")

    assert class_.penalty("ada") == 1.8


@pytest.mark.parametrize(("said", "penalty"), [("100", ALL_POINTS), ("-1", 0.0), ("None", 0.0)])
def test_a_penalty_is_between_nothing_and_all(class_: Class, said: str, penalty: float) -> None:
    class_.has_policy(said)

    class_.grade()

    assert class_.penalty("ada") == penalty


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("float('nan')", "its penalty is nan"),
        ("'much'", "could not convert string to float: 'much'"),
    ],
)
def test_a_policy_that_stops_is_named_and_leaves_all_as_it_was(
    class_: Class, said: str, why: str
) -> None:
    class_.has_policy(said)
    class_.is_due(datetime(2026, 11, 10, 10))

    with pytest.raises(SettingsProblem, match=r"the late policy Share gives (ada|ben)") as stopped:
        class_.grade(force=True)

    assert why in str(stopped.value)
    assert class_.mini.scores("ada")["total"] == 2.0
    assert (class_.penalty("ada"), class_.penalty("ben")) == (0.9, 0.0)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("class Share:\n    pass", "which is not a late policy"),
        ("class Shar:\n    pass", "cannot be loaded: AttributeError"),
        ("class Share(", "cannot be loaded: SyntaxError"),
        ("import no_such_module_7f3a", "No module named 'no_such_module_7f3a'"),
    ],
)
def test_a_policy_that_cannot_be_loaded_is_named_before_anything_is_graded(
    class_: Class, code: str, why: str
) -> None:
    (class_.mini.root / "late_policy.py").write_text(code)
    before = class_.mini.read("autograded", "ada", ASSIGNMENT, "checks.json")

    with pytest.raises(SettingsProblem, match=r"plugin_class is late_policy\.Share") as refused:
        class_.grade(force=True)

    assert why in str(refused.value)
    assert class_.mini.read("autograded", "ada", ASSIGNMENT, "checks.json") == before


def test_a_policy_may_stand_in_course_config_itself(mini: Mini) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"{POLICY.format(share='1')}\nc.AssignLatePenalties.plugin_class = Share\n")
    mini.hand_in("ada", mini.answered(), {"timestamp.txt": LATE})
    class_ = Class(mini)
    with opened(mini.course.db_url) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=NOON)

    class_.grade("ada")

    assert class_.penalty("ada") == 1.0


def test_stock_nbgrader_uses_the_same_policy_and_rounds_as_we_do(
    class_: Class, tmp_path: Path
) -> None:
    class_.has_policy("score / 7")
    stock = Class(class_.mini.copy_to(tmp_path / "course"))

    done = stock.mini.nbgrader("autograde", ASSIGNMENT, "--force")

    assert done.returncode == 0, done.stderr
    assert stock.penalty("ada") == 1.29


def test_a_cell_graded_by_hand_stays_so_when_all_is_graded_again(class_: Class) -> None:
    class_.graded_by_hand("ada", WRITTEN, 2.5)
    class_.graded_by_hand("ada", "total-checks", 1.0)

    class_.grade("ada", force=True)

    assert class_.cell("ada", WRITTEN) == {"points": 2.5, "waits": False, "comment": "Said well."}
    assert class_.cell("ada", "total-checks")["waits"] is False
    assert class_.penalty("ada") == 1.05
    class_.graded_by_hand("ada", "total-checks", None)


def test_an_answer_that_has_changed_since_needs_a_person_again(class_: Class) -> None:
    class_.graded_by_hand("ben", WRITTEN, 2.5)
    class_.graded_by_hand("ben", "total-checks", 1.0)
    right = class_.mini.answered()
    class_.mini.hand_in("ben", class_.mini.answered(**{WRITTEN: "Another answer."}))

    class_.grade("ben")

    assert class_.cell("ben", WRITTEN) == {"points": 2.5, "waits": True, "comment": "Said well."}
    assert class_.cell("ben", "total-checks")["waits"] is False

    other = "def total(m):\n    return 0.0"
    class_.mini.hand_in("ben", class_.mini.answered(total=other, **{WRITTEN: "Another answer."}))
    class_.graded_by_hand("ben", WRITTEN, 2.0)
    class_.grade("ben")
    assert class_.cell("ben", WRITTEN)["waits"] is False
    assert class_.cell("ben", "total-checks")["waits"] is True
    class_.graded_by_hand("ben", "total-checks", None)
    class_.mini.hand_in("ben", right)
    class_.grade("ben")


def test_the_table_shows_totals_with_what_is_lost_and_what_is_open(
    class_: Class, capsys: pytest.CaptureFixture[str]
) -> None:
    class_.graded_by_hand("ben", WRITTEN, 3.0)

    with pytest.raises(SystemExit) as ended:
        run(["grade", ASSIGNMENT, "--course", str(class_.mini.root)])

    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "8.1/9" in printed
    assert "late: -0.9" in printed
    assert "by hand: open" in printed
    assert "not read: 3" in printed
    assert "12/12" in printed
