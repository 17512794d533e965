"""`autograder undo`: what is kept before each command that writes, and put back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.course.course import CHECKS_FILE, open_course
from autograder.course.lock import writing
from autograder.course.rounds import end_round, seed
from autograder.course.snapshots import KEPT, snapshots
from autograder.errors import UnknownName
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.undoing import restored
from autograder.results import read
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini

WRONG = "def total(m):\n    return 1.0"


def grade(mini: Mini, **how: Any) -> None:
    course = open_course(load(mini.root))
    told = grade_class(course, ASSIGNMENT, course.submitted(ASSIGNMENT), **how)
    assert all(one.graded.report for one in told)


def points(mini: Mini) -> float:
    folder = mini.course.folder("autograded", "ada", ASSIGNMENT)
    return read(folder / CHECKS_FILE).points


@pytest.fixture(scope="module")
def twice(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A submission graded, marked by hand, and graded again when it had got worse."""
    mini = released.copy_to(tmp_path_factory.mktemp("undo") / "course")
    mini.hand_in("ada", mini.answered())
    grade(mini)
    with opened(mini.course.db_url) as gradebook:
        written = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        written.manual_score = 2.5
        gradebook.db.commit()
    mini.hand_in("ada", mini.answered(total=WRONG))
    grade(mini)
    assert points(mini) == 7.0
    return mini


def test_a_snapshot_is_of_what_was_there_before_the_command(twice: Mini) -> None:
    kept = snapshots(twice.course)

    assert [one.before for one in kept] == [f"grading {ASSIGNMENT}"] * 2
    assert kept[0].number < kept[1].number


def test_what_is_put_back_is_all_that_was_recorded(twice: Mini, tmp_path: Path) -> None:
    """On a copy of the course elsewhere: nothing in a snapshot is of a place."""
    mini = twice.copy_to(tmp_path / "elsewhere")
    secret = seed(mini.course, ASSIGNMENT)
    end_round(mini.course, ASSIGNMENT, 1)
    newest = snapshots(mini.course)[-1].number

    with writing(mini.course, "undoing"):
        said = restored(mini.course, newest)

    assert "1 graded notebooks" in said
    assert mini.scores("ada")["total"] == 2.0
    assert points(mini) == 9.0
    with opened(mini.course.db_url) as gradebook:
        written = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        assert written.manual_score == 2.5
    assert seed(mini.course, ASSIGNMENT) == secret
    assert not (mini.root / ".autograder" / "rounds").exists() or not list(
        (mini.root / ".autograder" / "rounds").iterdir()
    )
    # What was replaced was kept, too.
    replaced = snapshots(mini.course)[-1].number
    with writing(mini.course, "undoing"):
        restored(mini.course, replaced)
    assert mini.scores("ada")["total"] == 0.0
    assert points(mini) == 7.0


def test_the_last_ten_are_kept_and_nothing_twice(twice: Mini, tmp_path: Path) -> None:
    mini = twice.copy_to(tmp_path / "course")
    for number in range(KEPT + 3):
        with opened(mini.course.db_url) as gradebook:
            gradebook.update_or_create_student(f"student {number}")
        for _ in range(2):
            with writing(mini.course, f"doing {number}"):
                pass

    kept = snapshots(mini.course)

    assert [one.before for one in kept] == [f"doing {n}" for n in range(3, KEPT + 3)]


def test_a_snapshot_that_is_not_there_is_refused(twice: Mini) -> None:
    with pytest.raises(UnknownName, match="no snapshot named 77"):
        restored(twice.course, 77)


def test_the_command_shows_what_is_kept_and_puts_it_back(
    twice: Mini, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = twice.copy_to(tmp_path / "course")
    newest = snapshots(mini.course)[-1].number
    for arguments in ([], [str(newest)]):
        with pytest.raises(SystemExit) as ended:
            run(["undo", *arguments, "--course", str(mini.root)])
        assert ended.value.code == 0

    said = capsys.readouterr().out

    assert said.count(f"grading {ASSIGNMENT}") == 3
    assert "Put back as it was on" in said
    assert points(mini) == 9.0


def test_a_course_without_any_says_so(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["undo", "--course", str(mini.root)])

    assert "Nothing is kept yet" in capsys.readouterr().out
