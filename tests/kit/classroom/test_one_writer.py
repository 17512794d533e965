"""One writer: killed at any moment, twice at once, with other executors, by another user."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.course.course import CHECKS_FILE, open_course
from autograder.course.rounds import current_round
from autograder.marking.template import WarmWorkers
from autograder.nbgrader_bridge.gradebook import opened, totals
from autograder.nbgrader_bridge.record import Record
from autograder.results import read
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini, clean_env, full_marks
from tests.kit.forking import forked_processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked")
WRONG = "def total(m):\n    return 1.0"
CLASS = {
    "ada": {},
    "ben": {"total": WRONG},
    "cleo": {"transpose": "def transpose(m):\n    return m"},
}
GRADE = "from autograder.cli import main; main()"


def add_setting(mini: Mini, line: str) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\n{line}\n")


def grade(mini: Mini, *students: str, **how: Any) -> dict[str, Told]:
    course = open_course(load(mini.root))
    chosen = students or course.submitted(ASSIGNMENT)
    told = grade_class(course, ASSIGNMENT, list(chosen), **how)
    return {one.graded.student: one for one in told}


def results(mini: Mini) -> dict[str, Any]:
    """What a class has: points, graded notebooks, reports."""
    found = {}
    for student in mini.course.submitted(ASSIGNMENT):
        folder = mini.course.folder("autograded", student, ASSIGNMENT)
        report = read(folder / CHECKS_FILE)
        nbformat.read(folder / f"{ASSIGNMENT}.ipynb", as_version=4)
        earned = {result.exercise: result.points for result in report.exercises}
        found[student] = mini.scores(student), earned
    return found


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class with its results. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("graded") / "course")
    for student, answers in CLASS.items():
        stamp = {"timestamp.txt": "2026-11-10 08:00:00 UTC"}
        mini.hand_in(student, mini.answered(**answers), stamp)
    assert all(one.graded.report for one in grade(mini).values())
    return mini


@pytest.fixture
def copy(graded: Mini, tmp_path: Path) -> Mini:
    return graded.copy_to(tmp_path / "course")


# Killed


KILLED = """
import os, signal, sys
from autograder.nbgrader_bridge import writer
number, place = int(sys.argv.pop()), sys.argv.pop()
kept, count = getattr(writer, place), 0
def killed(*arguments, **names):
    global count
    count += 1
    if count == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return kept(*arguments, **names)
setattr(writer, place, killed)
from autograder.cli import main
main()
"""
# After the gradebook has been written and before the record is: in the middle, the hardest place.
BETWEEN = [("write_files", 1), ("write_files", 3), ("write", 1), ("swap", 1), ("swap", 2)]


def run(mini: Mini, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program, "grade", ASSIGNMENT, "--force", *arguments],
        cwd=mini.root,
        env=clean_env(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.timeout(900)
def test_a_writer_killed_at_any_moment_loses_nothing_and_does_nothing_twice(copy: Mini) -> None:
    before = results(copy)
    chance = random.Random(7)
    for place, number in BETWEEN:
        process = run(copy, KILLED, place, str(number))
        assert process.wait(240) == -signal.SIGKILL
        assert results(copy) == before, f"after a kill at {place} {number}"
    for _ in range(15):
        process = run(copy, GRADE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.1, 6.0))
        process.kill()
        process.wait()
        assert results(copy) == before

    told = grade(copy)

    assert all(one.graded.report for one in told.values())
    assert results(copy) == before
    assert all(one.unchanged for one in grade(copy).values())
    with contextlib.closing(sqlite3.connect(copy.root / "gradebook.db")) as gradebook:
        (count,) = gradebook.execute("SELECT COUNT(*) FROM submitted_assignment").fetchone()
    assert count == len(CLASS)
    assert sorted(path.name for path in (copy.root / "autograded" / "ada").iterdir()) == [
        ASSIGNMENT
    ]
    assert list((copy.root / ".autograder" / "work").iterdir()) == []


# What workers are forked from is killed


def test_a_template_that_is_killed_is_replaced_and_costs_no_result(copy: Mini) -> None:
    before = results(copy)
    made: list[WarmWorkers] = []

    def make(_workers: int) -> WarmWorkers:
        # One, so that there is still something to do when the first result is told.
        made.append(WarmWorkers(1))
        return made[-1]

    course = open_course(load(copy.root))
    told = grade_class(course, ASSIGNMENT, sorted(CLASS), force=True, make_executor=make)
    first = next(told)
    signal.pidfd_send_signal(made[0].template._process.descriptor, signal.SIGKILL)

    everybody = {one.graded.student: one for one in [first, *told]}

    assert sorted(everybody) == sorted(CLASS)
    assert [str(o.graded.problem) for o in everybody.values() if o.graded.report is None] == []
    assert results(copy) == before
    assert len(made) == 2


# A judge that takes too long or too much


@pytest.mark.parametrize("budget", ["time", "memory"])
def test_a_judge_that_its_budget_ends_leaves_its_submission_to_a_person(
    copy: Mini, monkeypatch: pytest.MonkeyPatch, budget: str
) -> None:
    before = results(copy)
    copy.hand_in("ada", copy.answered(total="def total(m):\n    return 'slow'"))
    from autograder.marking import doing
    from autograder.marking.mark import mark

    def hangs(handed_in: Any, bench: Any, known: Any, *again: Any) -> Any:
        if handed_in.student == "ada":
            held = b"x" * (400 << 20) if budget == "memory" else b""
            time.sleep(100 + len(held) % 2)
        return mark(handed_in, bench, known, *again)

    monkeypatch.setattr(doing, "mark", hangs)
    monkeypatch.setattr("autograder.nbgrader_bridge.prepared._JUDGE_S", 0.0)
    add_setting(copy, f"c.Limits.submission_s = {6.0 if budget == 'time' else 60.0}")
    if budget == "memory":
        add_setting(copy, "c.Limits.judge_memory_mb = 300")

    told = grade(copy, make_executor=forked_processes)

    why = "longer than 6 s" if budget == "time" else "more than 300 MB of memory"
    assert why in str(told["ada"].graded.problem)
    assert "twice" in str(told["ada"].graded.problem)
    assert told["ada"].graded.earlier is not None
    assert told["ben"].graded.report is not None
    assert results(copy) == before


def test_changed_points_count_with_the_next_run(copy: Mini) -> None:
    source = copy.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id in ("transpose-checks", "total-checks"):
            cell.metadata.nbgrader.points *= 2
    nbformat.write(notebook, source)

    told = grade(copy)

    assert not any(one.unchanged for one in told.values())
    assert copy.scores("ada") == {**full_marks(), "transpose": 6.0, "total": 4.0, WRITTEN: None}
    assert copy.scores("ben")["total"] == 0.0
    in_all = totals(copy.course.db_url, ASSIGNMENT)
    assert (in_all["ada"].points, in_all["ada"].max_points) == (14.0, 14.0)


def test_nbgraders_words_on_a_misspelt_setting_are_said(copy: Mini) -> None:
    add_setting(copy, "c.Autograde.create_studen = False")
    said: list[str] = []

    grade(copy, "ada", force=True, say=said.append)

    assert [text for text in said if "create_studen" in text] == [
        "course_config.py: Config option `create_studen` not recognized by `Autograde`.  Did you "
        "mean `create_student`?"
    ]


# Two at once


def test_a_second_run_says_who_grades_and_changes_nothing_and_one_that_waits_comes_after(
    copy: Mini,
) -> None:
    copy.hand_in("ada", copy.answered(first_cell_sleeps))
    first = run(copy, GRADE)
    lock = copy.root / ".autograder" / "lock"
    deadline = time.monotonic() + 60
    while not (lock.is_file() and lock.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)

    with ThreadPoolExecutor(2) as both:
        second, waits = both.map(lambda more: copy_command(copy, *more), [(), ("--wait",)])

    assert second.returncode == 2
    assert f"is grading {ASSIGNMENT} since" in second.stderr
    assert "Traceback" not in second.stderr
    assert waits.returncode == 0, waits.stderr
    assert "waiting until it has ended" in waits.stderr
    assert first.wait(60) == 0


def first_cell_sleeps(notebook: Any) -> None:
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import time; time.sleep(15)"))


def copy_command(mini: Mini, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GRADE, "grade", ASSIGNMENT, *more],
        cwd=mini.root,
        env=clean_env(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_what_a_ta_saves_during_a_run_survives_it(copy: Mini) -> None:
    def save_by_hand() -> None:
        with opened(copy.course.db_url) as gradebook:
            grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ben")
            grade.manual_score, grade.needs_manual_grade = 2.5, False
            comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "cleo")
            comment.manual_comment = "Said well."
            gradebook.db.commit()

    running = grade_class(copy.course, ASSIGNMENT, list(CLASS), force=True)
    told = [next(running)]
    save_by_hand()
    told += running

    assert len(told) == len(CLASS)
    with opened(copy.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ben")
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "cleo")
        assert (grade.manual_score, grade.needs_manual_grade) == (2.5, False)
        assert comment.comment == "Said well."


# Elsewhere


def test_a_moved_course_grades_nothing_again_and_goes_on(graded: Mini, tmp_path: Path) -> None:
    moved = graded.copy_to(tmp_path / "elsewhere" / "of another name")

    assert all(one.unchanged for one in grade(moved).values())

    moved.hand_in("ben", moved.answered())
    told = grade(moved)
    assert [name for name, one in told.items() if not one.unchanged] == ["ben"]
    assert moved.scores("ben") == {**full_marks(), WRITTEN: None}
    assert graded.scores("ben")["total"] == 0.0


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[str]:
    """A scheduler with two workers, started by Dask's own commands in another folder."""
    from distributed import Client

    place = tmp_path / "dask"
    place.mkdir()
    command = [sys.executable, "-W", "ignore", "-m"]
    with contextlib.ExitStack() as stack:

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [*command, *arguments],
                cwd=place,
                env=clean_env(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            return process

        file = place / "scheduler.json"
        start(
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(file)),
        )
        deadline = time.monotonic() + 60
        while not file.is_file():
            assert time.monotonic() < deadline, "no scheduler"
            time.sleep(0.05)
        start(
            "distributed.cli.dask_worker",
            *("--scheduler-file", str(file), "--nworkers", "2", "--nthreads", "1"),
            *("--no-dashboard", "--local-directory", str(place / "local")),
        )
        yield str(file)
        # Else it goes on looking for a scheduler that has ended.
        with contextlib.suppress(ValueError):
            Client.current().close()


@pytest.mark.timeout(600)
def test_a_class_is_graded_through_dasks_workers_as_it_is_here(
    graded: Mini, dask: str, tmp_path: Path
) -> None:
    here, there = (graded.copy_to(tmp_path / name / "course") for name in ("here", "there"))
    more = {f"{name}{number}": CLASS[name] for name in CLASS for number in range(3)}
    for mini in (here, there):
        for student, answers in more.items():
            mini.hand_in(student, mini.answered(**answers))
    (there.root / "on_dask.py").write_text(
        "from distributed import Client\n\n"
        f"def executor(workers):\n    return Client(scheduler_file={dask!r}).get_executor()\n"
    )
    add_setting(there, "c.Grading.executor = 'on_dask.executor'\nc.Grading.workers = 2")

    told = grade(there, force=True)
    grade(here, force=True)

    assert [str(one.graded.problem) for one in told.values() if one.graded.problem] == []
    assert len(told) == 12
    assert results(there) == results(here)


# Rounds


def inputs_of(mini: Mini, student: str) -> str:
    """The hidden input of `total` that this student's answer has told."""
    report = read(mini.course.folder("autograded", student, ASSIGNMENT) / CHECKS_FILE)
    return str(report.exercise("total").checks[0].sentences)


TELLS = "def total(m):\n    raise ValueError(f'saw {m.tolist()}')"


def test_what_is_handed_in_after_a_release_is_asked_other_inputs_and_a_regrade_the_same(
    copy: Mini,
) -> None:
    copy.hand_in("ada", copy.answered(total=TELLS))
    copy.hand_in("ben", copy.answered(total=TELLS))
    grade(copy)
    first = inputs_of(copy, "ada")
    assert inputs_of(copy, "ben") == first
    points = results(copy)
    said: list[str] = []
    pages = feedback_for(copy.course, ASSIGNMENT, ["ada"], released=True, say=said.append)

    assert [problem for _, problem in pages] == [None]
    assert "Round 1 of a1 has ended with these pages" in said[0]
    assert "2 others of the class have no page yet" in said[0]
    assert current_round(copy.course, ASSIGNMENT) == 2
    copy.hand_in("dora", copy.answered(total=TELLS))
    # The same bytes, at another time: no new hand-in.
    copy.submission("ben").with_name("timestamp.txt").write_text("2026-11-12 08:00:00 UTC")
    told = grade(copy, force=True)

    assert all(one.graded.report for one in told.values())
    assert (inputs_of(copy, "ada"), inputs_of(copy, "ben")) == (first, first)
    assert inputs_of(copy, "dora") != first
    assert {name: one for name, one in results(copy).items() if name != "dora"} == points
    assert all(one.unchanged for one in grade(copy).values())
    newest = {name: Record(copy.course, ASSIGNMENT).history(name).newest for name in told}
    assert {name: one.number for name, one in newest.items() if one is not None} == {
        "ada": 1,
        "ben": 1,
        "cleo": 1,
        "dora": 2,
    }


def test_a_changed_hand_in_gets_the_current_round(copy: Mini) -> None:
    copy.hand_in("ada", copy.answered(total=TELLS))
    grade(copy, "ada")
    first = inputs_of(copy, "ada")
    list(feedback_for(copy.course, ASSIGNMENT, ["ada"], released=True))

    copy.hand_in("ada", copy.answered(total=f"{TELLS}  # again"))
    grade(copy, "ada")

    assert inputs_of(copy, "ada") != first
    # Nobody has feedback of the second round yet: releasing the old page again ends nothing more.
    list(feedback_for(copy.course, ASSIGNMENT, ["cleo"], released=True))
    assert current_round(copy.course, ASSIGNMENT) == 2


# An earlier version's course


def test_a_course_of_an_earlier_version_keeps_points_comments_and_seeds(copy: Mini) -> None:
    """Commit 7d9abcc kept a ledger of keys, one secret an assignment, and no table of its own."""
    with opened(copy.course.db_url) as gradebook:
        grade_ = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        grade_.manual_score, grade_.needs_manual_grade = 2.5, False
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = "Said well."
        gradebook.db.commit()
    private = copy.root / ".autograder"
    secret = (private / "seeds" / ASSIGNMENT).read_text()
    for name in ("record", "rounds", "undo", "lock", "fingerprints", "reference"):
        path = private / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (private / "ledger" / ASSIGNMENT).mkdir(parents=True)
    (private / "ledger" / ASSIGNMENT / "0.json").write_text('{"key": "old", "mistakes": "old"}')
    with contextlib.closing(sqlite3.connect(copy.root / "gradebook.db")) as gradebook:
        gradebook.execute("DROP TABLE autograder_answers")
        gradebook.commit()
    before = results(copy)

    told = grade(copy)

    assert all(one.graded.report and not one.unchanged for one in told.values())
    assert results(copy) == before
    assert (private / "seeds" / ASSIGNMENT).read_text() == secret
    with opened(copy.course.db_url) as gradebook:
        grade_ = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        assert (grade_.manual_score, comment.comment) == (2.5, "Said well.")


# Several people


def others_may_run_python() -> bool:
    folders = [Path(sys.executable), *Path(os.path.realpath(sys.executable)).parents]
    return all(folder.stat().st_mode & 0o001 for folder in folders)


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes two other users, which needs root")
@pytest.mark.skipif(
    os.geteuid() == 0 and not others_may_run_python(),
    reason="becomes two other users, who cannot run this Python: it lies in a folder of root's",
)
def test_two_people_of_a_group_grade_one_course_in_turn(copy: Mini) -> None:
    add_setting(copy, "c.CourseDirectory.groupshared = True")
    group = 54321
    for parent in (copy.root, *copy.root.parents):
        if parent == Path("/tmp").resolve():
            break
        parent.chmod(0o755)
    for path in (copy.root, *copy.root.rglob("*")):
        os.chown(path, 54320, group)
        path.chmod(0o2770 if path.is_dir() else 0o660)

    for number, student in ((54320, "ada"), (54322, "ben")):
        path = copy.hand_in(student, copy.answered(total="def total(m):\n    return 5.0"))
        os.chown(path, number, group)
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", GRADE, "grade", ASSIGNMENT],
            cwd=copy.root,
            env={**clean_env(), "HOME": "/tmp", "XDG_CACHE_HOME": "/tmp/none"},
            user=number,
            group=group,
            extra_groups=[group],
            umask=0o022,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

        assert ran.returncode == 0, ran.stderr + ran.stdout
        assert copy.scores(student)["total"] == 0.0
