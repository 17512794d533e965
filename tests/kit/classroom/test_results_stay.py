"""No setting and no fault of the machine takes away what a class has: refused, or kept."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.preflight import preflight
from autograder.classroom.running import Told
from autograder.classroom.workers import local_processes
from autograder.cli import show
from autograder.cli.commands import run
from autograder.course.course import open_course
from autograder.errors import Refused
from autograder.nbgrader_bridge.gradebook import opened
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, POINTS, Mini, clean_env, full_marks
from tests.kit.forking import forked_processes

HARDENED = Path(__file__).parents[1] / "kernel_sandbox" / "in_hardened_container.py"
as_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="mounts a file system of its own, which needs root on Linux",
)
STUB = "def total(m):\n    raise NotImplementedError()"
OLD = ("ada", "ben")
State = tuple[dict[str, bytes], list[str]]


def state(mini: Mini) -> State:
    """All that a class has: graded notebooks, pages, what is known of them, and the gradebook."""
    kept = ("autograded", "feedback")
    files = {
        str(path.relative_to(mini.root)): path.read_bytes()
        for name in kept
        for path in sorted((mini.root / name).rglob("*"))
        if path.is_file()
    }
    with contextlib.closing(sqlite3.connect(mini.root / "gradebook.db")) as gradebook:
        return files, list(gradebook.iterdump())


def grade(mini: Mini, **how: Any) -> dict[str, Told]:
    course = open_course(load(mini.root))
    students = course.submitted(ASSIGNMENT)
    told = grade_class(course, ASSIGNMENT, students, **how)
    return {one.graded.student: one for one in told}


@pytest.fixture(scope="module")
def yesterday(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """Two submissions with their results and pages. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("yesterday") / "course")
    stamp = {"timestamp.txt": "2026-11-10 08:00:00 UTC"}
    for student in OLD:
        mini.hand_in(student, mini.answered(), stamp)
    assert all(told.graded.report for told in grade(mini).values())
    assert not any(problem for _, problem in feedback_for(mini.course, ASSIGNMENT, OLD))
    return mini


def hand_in_again(mini: Mini) -> Mini:
    """Something else of those who have results, and something of one who has none."""
    for student in (*OLD, "cleo"):
        again = {"timestamp.txt": "2026-11-20 08:00:00 UTC"}
        mini.hand_in(student, mini.answered(total=STUB), again)
    return mini


@pytest.fixture
def today(yesterday: Mini, tmp_path: Path) -> Mini:
    return hand_in_again(yesterday.copy_to(tmp_path / "course"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 150 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Writes until nothing fits any more."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    return ballast


def add_setting(mini: Mini, line: str) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\n{line}\n")


def refused(mini: Mini, capsys: pytest.CaptureFixture[str]) -> str:
    """What `autograder grade` says, which refuses with exit code 2."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        run(["grade", ASSIGNMENT, "--course", str(mini.root)])
    assert ended.value.code == 2
    # The line of the progress bar, where no terminal shows it, is empty.
    return capsys.readouterr().err.strip()


# What would fail all: refused before the first submission.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "c.AssignLatePenalties.plugin_class = 'no_module_7f3a.Penalty'",
            "AssignLatePenalties.plugin_class is no_module_7f3a.Penalty, which cannot be loaded",
        ),
        (
            "c.Autograde.exporter_class = 'autograder.nbgrader_bridge.exporter.NoExporter'",
            "c.Autograde.exporter_class names autograder.nbgrader_bridge.exporter.NoExporter",
        ),
        (
            "c.GenerateFeedback.exporter_class = 'no_module_7f3a.Page'",
            "c.GenerateFeedback.exporter_class names no_module_7f3a.Page",
        ),
        (
            "c.Autograde.sanitize_preprocessors = [_KIT + 'Normalize', _KIT + 'NoStep']",
            "c.Autograde.sanitize_preprocessors names autograder.nbgrader_bridge.steps.NoStep",
        ),
        (
            "c.HTMLExporter.filters = {'x': 'no_module_7f3a.filter'}",
            "c.HTMLExporter.filters names no_module_7f3a.filter",
        ),
        (
            "c.ExchangeFactory.collect = 'no_module_7f3a.Collect'",
            "c.ExchangeFactory.collect names no_module_7f3a.Collect",
        ),
        (
            "c.AssignLatePenalties.plugin_class = 'pathlib.Path'",
            "AssignLatePenalties.plugin_class is pathlib.Path, which is not a late policy.",
        ),
        ("c.LimitOutput.max_lines = 'many'", "nbgrader cannot be set up with it (TraitError: "),
    ],
)
def test_a_setting_that_would_fail_all_is_refused_once_and_changes_nothing(
    today: Mini, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    before = state(today)
    add_setting(today, line)

    told = refused(today, capsys)

    assert told.startswith(f"course_config.py: {said}")
    assert len(told.splitlines()) == 1
    assert state(today) == before


def test_a_plugin_of_the_courses_own_is_found(today: Mini) -> None:
    text = (
        "from nbgrader.plugins import LateSubmissionPlugin\nclass Mine(LateSubmissionPlugin): ..."
    )
    (today.root / "late_policy_7f3a.py").write_text(text)
    add_setting(today, "c.AssignLatePenalties.plugin_class = 'late_policy_7f3a.Mine'")

    preflight(open_course(load(today.root)), ASSIGNMENT)


def test_checks_that_cannot_be_imported_are_refused(
    today: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(today)
    path = today.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text("import no_module_7f3a\n")

    told = refused(today, capsys)

    assert "the hidden checks of a1 cannot be used" in told
    assert "no_module_7f3a" in told
    assert state(today) == before


def test_a_locked_gradebook_is_refused(today: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    add_setting(today, 'c.CourseDirectory.db_url = f"sqlite:///{HERE}/gradebook.db?timeout=0"')
    before = state(today)

    with contextlib.closing(sqlite3.connect(today.root / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        told = refused(today, capsys)

    assert told == (
        "The gradebook gradebook.db cannot be used: another program is writing to it. "
        "Close that program, then try again."
    )
    assert state(today) == before


def test_a_gradebook_that_is_none_is_refused(
    today: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    (today.root / "gradebook.db").write_text("not a database, but long enough to be read as one")

    assert "the file is not a gradebook" in refused(today, capsys)


@as_root
def test_a_full_disk_is_refused(
    yesterday: Mini, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = hand_in_again(yesterday.copy_to(small_disk / "course"))
    before = state(mini)
    fill(small_disk)

    told = refused(mini, capsys)

    assert "No space left on device" in told
    assert state(mini) == before


@as_root
def test_a_full_scratch_disk_is_refused(
    today: Mini,
    small_disk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = state(today)
    with (small_disk / "ballast").open("wb") as file:
        file.write(bytes(100 << 20))
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))

    told = refused(today, capsys)

    assert told.startswith(f"The disk of {small_disk} is full: ")
    assert "Make room: grading needs at least 100 MB there." in told
    assert state(today) == before


@as_root
def test_a_course_that_cannot_be_written_is_refused(
    yesterday: Mini, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = hand_in_again(yesterday.copy_to(small_disk / "course"))
    before = state(mini)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    told = refused(mini, capsys)

    assert f"{mini.root} cannot be written (Read-only file system)." in told
    assert state(mini) == before


@pytest.mark.skipif(sys.platform != "linux", reason="a container of Linux")
def test_a_machine_without_namespaces_is_refused(today: Mini) -> None:
    add_setting(today, "c.SandboxPolicy.allow_no_sandbox = False")
    before = state(today)
    main = "from autograder.cli import main; main()"

    done = subprocess.run(
        [sys.executable, HARDENED, sys.executable, "-c", main, "grade", ASSIGNMENT],
        cwd=today.root,
        env=clean_env(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 2
    told = done.stderr.strip()
    assert told.startswith("No kernel could be started: this machine builds no sandbox")
    assert len(told.splitlines()) == 1
    assert state(today) == before


def test_a_run_in_which_nothing_has_changed_looks_at_nothing(yesterday: Mini) -> None:
    before = state(yesterday)

    def looked(_course: object, _assignment: str) -> None:
        raise Refused("looked")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.classroom.preflight.LOOKS", (looked,))
        told = grade(yesterday)
        with pytest.raises(Refused, match="looked"):
            grade(yesterday, force=True)

    assert all(one.unchanged for one in told.values())
    assert state(yesterday) == before


# What happens in the middle.


def assert_all_stays(mini: Mini, before: State, told: dict[str, Told]) -> None:
    """Those who had results have them, and cleo, who had none, waits for a person."""
    files, _ = state(mini)
    assert files == before[0]
    for student in OLD:
        assert mini.scores(student) == {**full_marks(), "why": None}
        assert (told[student].graded.report, told[student].unchanged) == (None, False)
        assert told[student].graded.earlier is not None
    with opened(mini.course.db_url) as gradebook:
        handed_in = gradebook.find_submission(ASSIGNMENT, "ada").timestamp
        assert f"{handed_in:%Y-%m-%d}" == "2026-11-10"
    assert told["cleo"].graded.earlier is None


def assert_waits_for_a_person(mini: Mini, student: str) -> None:
    with opened(mini.course.db_url) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, student)
        assert submission.needs_manual_grade
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        assert [grade.auto_score for grade in grades] == [None] * (len(POINTS) + 1)
        assert all(grade.needs_manual_grade for grade in grades)


def assert_the_next_run_grades_all(mini: Mini) -> None:
    told = grade(mini)
    assert all(one.graded.report is not None and not one.unchanged for one in told.values())
    assert {mini.scores(student)["total"] for student in told} == {0.0}
    assert all(one.unchanged for one in grade(mini).values())


def die(*_args: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(_made: Path, target: Path) -> None:
    """In the worst place: the points are in the gradebook, the graded notebook is not there."""
    raise OSError(errno.ENOSPC, "No space left on device", str(target))


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, and so killed by this")
@pytest.mark.parametrize(
    ("place", "fault", "why"),
    [
        (
            "autograder.marking.doing.mark",
            die,
            "Not graded, because the process that judged it ended (signal 9), twice.",
        ),
        (
            "autograder.marking.worker.work",
            die,
            "Not graded, because the process that graded it ended twice.",
        ),
        (
            "autograder.nbgrader_bridge.writer.swap",
            fail,
            "Not graded, because the machine refused it: No space left on device",
        ),
    ],
)
def test_a_submission_that_could_not_be_graded_keeps_what_it_had(
    today: Mini, place: str, fault: object, why: str
) -> None:
    before = state(today)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, fault)
        told = grade(today, make_executor=forked_processes)

    assert_all_stays(today, before, told)
    assert_waits_for_a_person(today, "cleo")
    assert str(told["ada"].graded.problem).startswith(why)
    assert show.summary(list(told.values())) == (
        "0 graded, 3 not graded (2 with an earlier result that stands)"
    )
    said = str(show.result_line(told["ada"].graded))
    assert why in said
    assert "The earlier result stands, handed in on 2026-11-10 08:00 UTC and graded on " in said
    assert "stands" not in str(show.result_line(told["cleo"].graded))
    with show.out.capture() as printed:
        show.out.print(show.class_table(ASSIGNMENT, [one.graded for one in told.values()]))
    table = printed.get()
    assert (table.count("9/9"), table.count("earlier"), table.count("not graded")) >= (2, 2, 1)
    assert_the_next_run_grades_all(today)


@as_root
def test_a_disk_that_gets_full_in_the_middle_takes_nothing(
    yesterday: Mini, small_disk: Path
) -> None:
    mini = hand_in_again(yesterday.copy_to(small_disk / "course"))
    before = state(mini)
    ballast: list[Path] = []

    def full_by_now(workers: int) -> Executor:
        ballast.append(fill(small_disk))
        return local_processes(workers)

    told = grade(mini, make_executor=full_by_now)
    ballast[0].unlink()

    assert_all_stays(mini, before, told)
    assert_the_next_run_grades_all(mini)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, and so have the fault")
def test_a_forced_run_that_fails_is_tried_again(yesterday: Mini, tmp_path: Path) -> None:
    """Though what it stands on has not changed: somebody had a reason to force it."""
    mini = yesterday.copy_to(tmp_path / "course")
    grade(mini)
    assert all(one.unchanged for one in grade(mini).values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.nbgrader_bridge.writer.swap", fail)
        assert not any(one.graded.report for one in grade(mini, force=True).values())

    told = grade(mini)

    assert all(one.graded.report and not one.unchanged for one in told.values())


def test_stock_nbgrader_keeps_what_it_could_not_grade(today: Mini) -> None:
    """Though it removes graded notebooks before our first step and after an exception."""
    before = state(today)
    checks = today.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    checks.write_text("import no_module_7f3a\n")

    done = today.nbgrader("autograde", ASSIGNMENT, "--force")

    assert done.returncode != 0
    assert "no_module_7f3a" in done.stderr
    assert state(today)[0] == before[0]
    assert today.scores("ada") == {**full_marks(), "why": None}
    with opened(today.course.db_url) as gradebook:
        handed_in = gradebook.find_submission(ASSIGNMENT, "ada").timestamp
        assert f"{handed_in:%Y-%m-%d}" == "2026-11-10"
    assert_waits_for_a_person(today, "cleo")


def test_stock_nbgrader_replaces_what_it_could_grade(today: Mini) -> None:
    done = today.nbgrader("autograde", ASSIGNMENT, "--force", "--student", "ada")

    assert done.returncode == 0, done.stderr
    assert today.scores("ada")["total"] == 0.0
    assert "NotImplementedError" in today.read(
        "autograded", "ada", ASSIGNMENT, f"{ASSIGNMENT}.ipynb"
    )
    assert today.scores("ben") == {**full_marks(), "why": None}
    assert list((today.root / ".autograder" / "work").iterdir()) == []
