"""What happens to yesterday's points when something else is handed in, or grading fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class, grade_one
from autograder.classroom.running import Told
from autograder.course.rounds import seed
from autograder.errors import ChecksBroken
from autograder.nbgrader_bridge.gradebook import opened
from autograder.results import Reader
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini, full_marks
from tests.kit.nbgrader_bridge.sample_class import TELLS_TOTAL, ClassRun, find

FULL = full_marks()
WAITS: dict[str, float | None] = dict.fromkeys(POINTS)
STUB = "def total(m):\n    raise NotImplementedError()"


@dataclass(frozen=True)
class SecondRound:
    """The class after its second handing in."""

    mini: Mini
    told: dict[str, Told]

    def scores(self, student: str) -> dict[str, float | None]:
        found = self.mini.scores(student)
        return {name: score for name, score in found.items() if name != WRITTEN}

    def sentences(self, student: str, reader: Reader) -> list[str]:
        report = self.told[student].graded.report
        assert report is not None
        said = [text for e in report.exercises for c in e.checks for text in c.said_to(reader)]
        return said + [note.text for note in report.notes if reader.may_read(note)]


def hand_in_again(mini: Mini) -> None:
    """Each of these had points; the others hand in nothing new."""
    mini.hand_in("ada", mini.answered(total=STUB))
    mini.hand_in("copies", b"{}")
    mini.hand_in("warns", mini.answered(), {"timestamp.txt": b"yesterday evening \xff"})
    mini.submission("boom").rename(mini.submission("boom").with_name("a1 (1).ipynb"))
    mini.submission("loop").unlink()
    os.mkfifo(mini.submission("loop"))
    mini.submission("punctual").unlink()
    deleted = mini.answered(total=STUB)
    deleted.cells = [c for c in deleted.cells if c is not find(deleted, "total-checks")]
    mini.hand_in("late", deleted)
    mini.hand_in("twin", mini.answered(total=TELLS_TOTAL))
    mini.hand_in("noise", mini.answered(total=TELLS_TOTAL), {"timestamp.txt": "∞"})


def grade_by_hand(mini: Mini) -> None:
    """A TA's points for the written answer, extra points, and points over a check."""
    with opened(mini.course.db_url) as gradebook:
        for name, score, extra in ((WRITTEN, 2.5, 0.5), ("transpose-checks", 1.0, None)):
            grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, "ada")
            grade.manual_score, grade.extra_credit = score, extra
            grade.needs_manual_grade = False
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = "Said well."
        gradebook.db.commit()


@pytest.fixture(scope="module")
def second(class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory) -> SecondRound:
    mini = class_run.ours.copy_to(tmp_path_factory.mktemp("second") / "course")
    grade_by_hand(mini)
    hand_in_again(mini)
    course = mini.course
    told = grade_class(course, ASSIGNMENT, course.submitted(ASSIGNMENT))
    return SecondRound(mini=mini, told={t.graded.student: t for t in told})


def everybody(mini: Mini) -> list[str]:
    return mini.course.submitted(ASSIGNMENT)


def test_a_worse_submission_loses_the_old_points(second: SecondRound) -> None:
    assert second.scores("ada") == {**FULL, "total": 0.0}


def test_what_is_no_notebook_any_more_waits_without_the_old_points(second: SecondRound) -> None:
    assert second.scores("copies") == WAITS
    assert "it holds no cells" in " ".join(second.sentences("copies", Reader.STUDENT))


def test_a_notebook_taken_away_waits_without_the_old_points(second: SecondRound) -> None:
    assert second.scores("punctual") == WAITS
    said = second.sentences("punctual", Reader.STUDENT)
    assert "Nothing was handed in: the folder is empty." in said[0]


def test_a_pipe_in_the_notebooks_place_waits_without_the_old_points(
    second: SecondRound,
) -> None:
    assert second.scores("loop") == WAITS


def test_a_deleted_check_does_not_keep_its_points(second: SecondRound) -> None:
    assert second.scores("late") == {**FULL, "total": 0.0}


def test_a_notebook_under_another_name_is_graded_and_that_is_said(second: SecondRound) -> None:
    assert second.scores("boom") == {**FULL, "transpose": 0.0, "with_column": 0.0}
    assert "Graded: a1 (1).ipynb, because a1.ipynb was not handed in." in second.sentences(
        "boom", Reader.STUDENT
    )


def test_a_time_of_handing_in_that_is_none_costs_nothing(second: SecondRound) -> None:
    assert second.scores("warns") == FULL
    assert second.told["noise"].graded.report is not None


def test_points_given_by_hand_survive(second: SecondRound) -> None:
    with opened(second.mini.course.db_url) as gradebook:
        written = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        masked = gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "ada")
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")

        assert (written.manual_score, written.extra_credit, written.score) == (2.5, 0.5, 3.0)
        assert (masked.manual_score, masked.auto_score, masked.score) == (1.0, 3.0, 1.0)
        assert comment.comment == "Said well."


def test_a_person_looks_again_at_points_given_by_hand(second: SecondRound) -> None:
    with opened(second.mini.course.db_url) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ada")

        assert submission.needs_manual_grade


def test_what_has_not_changed_is_not_graded_again(second: SecondRound) -> None:
    course = second.mini.course

    told = list(grade_class(course, ASSIGNMENT, everybody(second.mini)))

    assert all(t.unchanged for t in told)
    assert [t.graded.report for t in told] == [
        second.told[t.graded.student].graded.report for t in told
    ]


def test_hidden_inputs_are_the_same_for_all_and_in_a_regrade(
    class_run: ClassRun, second: SecondRound
) -> None:
    first = class_run.graded["mallory"].report
    assert first is not None
    (seen,) = [
        text
        for check in first.exercise("total").checks
        for text in check.said_to(Reader.TA)
        if "saw [[" in text
    ]

    assert seen in second.sentences("twin", Reader.TA)


@pytest.fixture
def unusable_checks(second: SecondRound) -> Iterator[Mini]:
    path = second.mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    text = path.read_text()
    path.write_text("import no_such_module_7f3a\n")
    yield second.mini
    path.write_text(text)


def test_checks_that_cannot_be_used_refuse_the_run_and_leave_what_there_is(
    unusable_checks: Mini,
) -> None:
    course = unusable_checks.course
    page = course.folder("feedback", "ada", ASSIGNMENT) / f"{ASSIGNMENT}.html"
    before, scores = page.read_bytes(), unusable_checks.scores("ada")

    with pytest.raises(ChecksBroken, match=r"checks of a1 cannot be used.*no_such_module_7f3a"):
        list(grade_class(course, ASSIGNMENT, ["ada"]))

    assert unusable_checks.scores("ada") == scores
    assert page.read_bytes() == before


def test_what_the_kit_could_not_grade_keeps_points_graded_notebook_and_page(
    unusable_checks: Mini,
) -> None:
    course = unusable_checks.course
    page = course.folder("feedback", "ada", ASSIGNMENT) / f"{ASSIGNMENT}.html"
    before = page.read_bytes(), unusable_checks.scores("ada")

    graded = grade_one(course, ASSIGNMENT, "ada")

    assert "the hidden checks of a1 cannot be used" in str(graded.problem)
    assert "no_such_module_7f3a" in str(graded.problem)
    assert (page.read_bytes(), unusable_checks.scores("ada")) == before
    with opened(course.db_url) as gradebook:
        written = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        assert written.manual_score == 2.5
    ((_, problem),) = feedback_for(course, ASSIGNMENT, ["ada"])
    assert problem is None


def test_a_seed_is_secret_and_kept(second: SecondRound) -> None:
    course = second.mini.course
    path = course.private / "seeds" / ASSIGNMENT

    secret = seed(course, ASSIGNMENT)

    assert seed(course, ASSIGNMENT) == secret
    assert len(secret) == 32
    assert seed(course, "another") != secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert course.private.stat().st_mode & 0o777 == 0o700
