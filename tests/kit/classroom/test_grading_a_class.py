"""Which submissions are graded, by processes that may die, and which stand from before."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from autograder.classroom import workers
from autograder.classroom.grade import chosen_students, feedback_for, grade_class, worker_count
from autograder.classroom.ledger import Ledger
from autograder.course.course import open_course
from autograder.errors import ChecksBroken, KitError, NotGraded, UnknownName
from autograder.nbgrader_bridge.grading import Graded
from autograder.nbgrader_bridge.steps import CHECKS_FILE
from autograder.results import CheckId, Report, close, write
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, Mini

Grade = Callable[..., Graded]


def a_report() -> Report:
    return close(ASSIGNMENT, {"x": 1.0}, [CheckId(exercise="x", name="test_x")], {}, reason="No.")


def all_of(mini: Mini, *students: str, parallel: int = 2) -> dict[str, Graded]:
    found = workers.graded_by_workers(mini.course, ASSIGNMENT, students, parallel)
    return {graded.student: graded for graded in found}


@pytest.fixture
def graded_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Grade], None]:
    """Puts a function in the place of grading; workers are forked and so have it too."""

    def put(grade: Grade) -> None:
        monkeypatch.setattr(workers, "grade_one", grade)

    return put


def test_a_worker_that_dies_costs_its_own_submission_only(
    graded_by: Callable[[Grade], None], mini: Mini
) -> None:
    def grade(_course: object, _assignment: str, student: str) -> Graded:
        if student == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return Graded(student=student, report=a_report())

    graded_by(grade)
    students = ["ada", "deadly", "ben", "eve", "finn"]

    graded = all_of(mini, *students)

    assert sorted(graded) == sorted(students)
    assert [s for s in students if graded[s].report is None] == ["deadly"]
    assert "the process that graded it ended twice" in str(graded["deadly"].problem)


def test_a_worker_that_died_once_is_given_another_try(
    graded_by: Callable[[Grade], None], mini: Mini, tmp_path: Path
) -> None:
    def grade(_course: object, _assignment: str, student: str) -> Graded:
        flag = tmp_path / student
        if not flag.exists():
            flag.touch()
            os._exit(1)
        return Graded(student=student, report=a_report())

    graded_by(grade)

    graded = all_of(mini, "ada", parallel=1)

    assert graded["ada"].report is not None


@pytest.mark.parametrize(
    "problem",
    [
        ChecksBroken(ASSIGNMENT, "why"),
        NotGraded("why"),
        KitError("why", "mend", "command"),
        UnknownName("thing", "why", ["b"]),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_why_the_kit_could_not_grade_comes_back_from_the_worker(
    graded_by: Callable[[Grade], None], mini: Mini, problem: KitError
) -> None:
    graded_by(lambda _course, _assignment, student: Graded(student=student, problem=problem))

    graded = all_of(mini, "ada", parallel=1)

    assert str(graded["ada"].problem) == str(problem)


def test_no_worker_is_left_when_the_reader_stops_half_way(
    graded_by: Callable[[Grade], None], mini: Mini
) -> None:
    def grade(_course: object, _assignment: str, student: str) -> Graded:
        if student != "ada":
            time.sleep(60)
        return Graded(student=student, report=a_report())

    graded_by(grade)
    before = set(psutil.Process().children(recursive=True))
    results = workers.graded_by_workers(mini.course, ASSIGNMENT, ["ada", "ben", "eve"], 2)

    assert next(results).student == "ada"
    results.close()  # type: ignore[attr-defined]  # a generator's

    assert set(psutil.Process().children(recursive=True)) <= before


def test_a_folder_whose_name_is_no_text_is_not_graded_and_the_class_goes_on(mini: Mini) -> None:
    """As unpacking an old ZIP archive leaves them."""
    mini.hand_in("ada", b"no notebook")
    name = os.fsdecode(b"M\xfcller")
    mini.hand_in(name, mini.answered())
    course = mini.course

    told = {t.graded.student: t.graded for t in grade_class(course, ASSIGNMENT, [name, "ada"])}

    assert told["ada"].report is not None
    assert "is no UTF-8 text" in str(told[name].problem)


def test_who_handed_in_is_found_and_who_did_not_is_refused(mini: Mini) -> None:
    course = mini.course
    with pytest.raises(KitError, match="Nobody has handed in a1"):
        chosen_students(course, ASSIGNMENT)
    mini.hand_in("ben", b"")
    mini.hand_in("ada", b"")
    (mini.root / "submitted" / "cleo" / "a2").mkdir(parents=True)

    assert chosen_students(course, ASSIGNMENT) == ["ada", "ben"]
    assert chosen_students(course, ASSIGNMENT, ["ben"]) == ["ben"]
    with pytest.raises(UnknownName, match=r"Did you mean ada\?"):
        chosen_students(course, ASSIGNMENT, ["adda"])
    with pytest.raises(UnknownName, match="no assignment named a2"):
        chosen_students(course, "a2")


def test_a_page_that_cannot_be_made_stops_no_other(mini: Mini) -> None:
    told = list(feedback_for(mini.course, ASSIGNMENT, ["ada", "ben"]))

    assert [student for student, _ in told] == ["ada", "ben"]
    assert all("has no graded notebook" in str(problem) for _, problem in told)


def test_workers_are_as_many_as_the_setting_says(mini: Mini) -> None:
    assert worker_count(mini.course) >= 1
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write("\nc.Grading.workers = 7\n")

    assert worker_count(open_course(load(mini.root))) == 7


# The ledger: what a grade depends on.


def key(mini: Mini) -> str:
    return Ledger(open_course(load(mini.root)), ASSIGNMENT).key("ada")


def _another_notebook(mini: Mini) -> None:
    mini.hand_in("ada", b"other")


def _another_time(mini: Mini) -> None:
    mini.submission("ada").with_name("timestamp.txt").write_text("2026-11-01 12:00:00 UTC")


def _a_second_notebook(mini: Mini) -> None:
    mini.submission("ada").with_name("other.ipynb").write_text("{}")


def _a_link_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()
    mini.submission("ada").symlink_to("/etc/hostname")


def _a_pipe_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()
    os.mkfifo(mini.submission("ada"))


def _nothing_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()


def _another_check(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text() + "\n# changed\n")


def _another_reference(mini: Mini) -> None:
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace("m.T", "m.t()"))


def _another_limit(mini: Mini) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write("\nc.Limits.call_s = 9.0\n")


def _another_setting_of_nbgraders(mini: Mini) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")


@pytest.mark.parametrize(
    "change",
    [
        _another_notebook,
        _another_time,
        _a_second_notebook,
        _a_link_instead,
        _a_pipe_instead,
        _nothing_instead,
        _another_check,
        _another_reference,
        _another_limit,
        _another_setting_of_nbgraders,
    ],
)
def test_what_a_grade_depends_on_changes_its_key(
    mini: Mini, change: Callable[[Mini], None]
) -> None:
    mini.hand_in("ada", mini.answered())
    before = key(mini)

    change(mini)

    assert key(mini) != before


def test_what_a_grade_does_not_depend_on_leaves_its_key(mini: Mini) -> None:
    mini.hand_in("ada", mini.answered())
    before = key(mini)

    mini.hand_in("ben", mini.answered())
    mini.submission("ada").with_name("notes.txt").write_text("mine")
    mini.submission("ada").touch()
    (mini.root / "README.md").write_text("changed")
    mistake = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "total" / "one.py"
    mistake.parent.mkdir(parents=True)
    mistake.write_text("changed")

    assert key(mini) == before


def test_a_file_of_a_terabyte_has_a_key(mini: Mini) -> None:
    path = mini.hand_in("ada", b"{}")
    before = key(mini)
    with path.open("r+b") as file:
        file.truncate(10**12)

    assert key(mini) != before


def test_another_mistake_leaves_a_result_and_changes_its_hints(mini: Mini) -> None:
    ledger = Ledger(mini.course, ASSIGNMENT)
    ledger.note("ada", "key")
    assert ledger.hints_stand("ada")

    mistake = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "total" / "one.py"
    mistake.parent.mkdir(parents=True)
    mistake.write_text("changed")

    assert not Ledger(mini.course, ASSIGNMENT).hints_stand("ada")


def with_a_result(mini: Mini) -> Ledger:
    """A ledger with an entry for ada, and her result."""
    mini.hand_in("ada", mini.answered())
    ledger = Ledger(mini.course, ASSIGNMENT)
    write(a_report(), mini.course.folder("autograded", "ada", ASSIGNMENT) / CHECKS_FILE)
    ledger.note("ada", ledger.key("ada"))
    return ledger


def test_a_result_stands_until_it_is_graded_again_or_lost(mini: Mini) -> None:
    assert Ledger(mini.course, ASSIGNMENT).unchanged("ada") is None
    ledger = with_a_result(mini)
    checks = mini.course.folder("autograded", "ada", ASSIGNMENT) / CHECKS_FILE
    assert ledger.unchanged("ada") == Graded(student="ada", report=a_report())

    checks.write_text("{}")
    assert ledger.unchanged("ada") is None
    write(a_report(), checks)
    ledger.begin("ada")
    assert ledger.unchanged("ada") is None
    ledger.note("ada", ledger.key("ada"))
    assert ledger.unchanged("ada") is not None


def test_an_entry_is_kept_where_another_submission_could_not_be_graded(mini: Mini) -> None:
    ledger = with_a_result(mini)
    first = ledger.key("ada")
    mini.hand_in("ada", b"another")
    ledger.begin("ada")

    ledger.keep("ada", ledger.key("ada"))

    assert ledger.unchanged("ada") is None
    mini.hand_in("ada", mini.answered())
    assert ledger.key("ada") == first
    assert ledger.unchanged("ada") is not None


@pytest.mark.parametrize("killed", [False, True])
def test_what_an_entry_says_of_the_submission_itself_is_not_kept(mini: Mini, killed: bool) -> None:
    """It is graded again by the next run: forced, or begun and killed in the middle."""
    ledger = with_a_result(mini)
    ledger.begin("ada")
    if killed:
        ledger.begin("ada")

    ledger.keep("ada", "another key" if killed else ledger.key("ada"))

    assert ledger.unchanged("ada") is None
