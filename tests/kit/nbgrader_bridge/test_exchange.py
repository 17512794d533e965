"""Feedback through nbgrader's exchange, and submissions that did not come that way."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.course.handed_in import exchange_files
from autograder.course.rounds import current_round
from tests.kit.course_maker import ASSIGNMENT, REPOSITORY, Mini, clean_env, full_marks
from tests.kit.nbgrader_bridge.formgrader_server import formgrader

AS_USER = REPOSITORY / "tests" / "kit" / "kernel_sandbox" / "as_ordinary_user.py"
PYTHON = sys.executable
NBGRADER = (PYTHON, "-m", "nbgrader")
AUTOGRADER = (PYTHON, "-c", "from autograder.cli import main; main()")
STUDENT_SETTINGS = """
c = get_config()
c.Exchange.root = {exchange!r}
c.CourseDirectory.course_id = "pytorch"
"""
STAMP = "2026-11-01 12:00:00.250000 UTC"
ADAS_SECRET, BENS_SECRET = "5e" * 64, "c7" * 64


@dataclass(frozen=True)
class Person:
    """Somebody with a home; `uid` is None where all of them share the account of this process."""

    name: str
    home: Path
    uid: int | None

    def run(self, *command: str, cwd: Path | None = None) -> str:
        """What a command of theirs said; it must succeed."""
        told = [f"HOME={self.home}", "PYTHONWARNINGS=ignore"]
        full = ["/usr/bin/env", "-C", str(cwd or self.home), *told, *command]
        if self.uid is not None:
            full = [PYTHON, str(AS_USER), str(self.uid), str(self.home), *full]
        done = subprocess.run(
            full, env=clean_env(), capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout + done.stderr

    def owns(self, folder: Path) -> None:
        for path in [folder, *folder.rglob("*")]:
            if self.uid is not None:
                os.chown(path, self.uid, self.uid, follow_symlinks=False)


@dataclass(frozen=True)
class People:
    """A course with its exchange, the instructor and two students, each with a home."""

    mini: Mini
    exchange: Path
    instructor: Person
    ada: Person
    ben: Person

    def teach(self, *command: str) -> str:
        return self.instructor.run(*command, cwd=self.mini.root)


def with_exchange(mini: Mini, exchange: Path) -> None:
    exchange.mkdir()
    exchange.chmod(0o777)
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\nc.Exchange.root = {str(exchange)!r}\n")


# nbgrader asks the system for the name of an account, so these are of those that any system has.
ACCOUNTS = [account for account in pwd.getpwall() if account.pw_uid != 0][:3]
THREE = pytest.mark.skipif(
    os.geteuid() != 0 or len(ACCOUNTS) < 3,
    reason="only root can act as three users, on a system that has three accounts",
)


@pytest.fixture(params=[pytest.param(True, marks=THREE), False], ids=["3-accounts", "1-account"])
def people(request: pytest.FixtureRequest, released: Mini, digits: Path) -> Iterator[People]:
    # Not tmp_path: that lies below a folder which pytest keeps from other users.
    folder = Path(tempfile.mkdtemp(prefix="exchange-", dir="/var/tmp"))
    folder.chmod(0o755)
    found = [Person(name, folder / name, None) for name in ("teacher", "ada", "ben")]
    if request.param:
        found = [Person(a.pw_name, folder / a.pw_name, a.pw_uid) for a in ACCOUNTS]
    for person in found:
        person.home.mkdir(mode=0o700)
        text = STUDENT_SETTINGS.format(exchange=str(folder / "exchange"))
        (person.home / "nbgrader_config.py").write_text(text)
    instructor = found[0]
    mini = released.copy_to(instructor.home / "course")
    shutil.copytree(digits, instructor.home / "digits")
    with_exchange(mini, folder / "exchange")
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"c.MnistData.root = {str(instructor.home / 'digits')!r}\n")
    for person in found:
        person.owns(person.home)
    yield People(mini, folder / "exchange", *found)
    shutil.rmtree(folder)


def submit(people: People, student: Person, **answers: str) -> None:
    path = student.home / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir()
    nbformat.write(people.mini.answered(**answers), path)
    student.owns(path.parent)
    who = [f"--student={student.name}"] if student.uid is None else []
    student.run(*NBGRADER, "submit", ASSIGNMENT, *who)


@pytest.mark.timeout(900)  # nine commands, each of which imports nbgrader or torch
def test_a_round_through_the_exchange_ends_with_each_student_reading_their_own_page(
    people: People,
) -> None:
    people.teach(*NBGRADER, "release_assignment", ASSIGNMENT)
    submit(people, people.ada)
    submit(people, people.ben, total="def total(m):\n    return 0.0")
    people.teach(*NBGRADER, "collect", ASSIGNMENT)
    by_hand = people.mini.hand_in("cleo", people.mini.answered())
    people.instructor.owns(by_hand.parents[1])

    people.teach(*AUTOGRADER, "grade", ASSIGNMENT)
    people.teach(*AUTOGRADER, "feedback", ASSIGNMENT)
    said = people.teach(*NBGRADER, "release_feedback", ASSIGNMENT)

    assert "Not released through the exchange: the feedback of cleo." in said
    assert "feedback/STUDENT/a1/" in said
    for student, points in ((people.ada, "total: 2 of 2"), (people.ben, "total: 0 of 2")):
        student.run(*NBGRADER, "fetch_feedback", ASSIGNMENT)
        (page,) = (student.home / ASSIGNMENT / "feedback").rglob("*.html")
        assert points in page.read_text(encoding="utf-8")
    assert "Round 1 of a1 has ended with these pages" in said
    assert "1 others of the class have no page yet" in said


@pytest.fixture
def exchanged(mini: Mini, tmp_path: Path) -> Mini:
    """A course whose exchange has brought two submissions; a third one was laid down by hand."""
    with_exchange(mini, tmp_path / "exchange")
    for student, secret in (("ada", ADAS_SECRET), ("ben", BENS_SECRET)):
        files = {"timestamp.txt": STAMP, "submission_secret.txt": secret}
        mini.hand_in(student, mini.answered(), files)
    mini.hand_in("cleo", mini.answered())
    return mini


def page_in_the_exchange(mini: Mini, secret: str) -> Path:
    """Where `nbgrader fetch_feedback` looks for the page."""
    name = hashlib.md5(secret.encode() + ASSIGNMENT.encode()).hexdigest()
    return mini.root.parent / "exchange" / "pytorch" / "feedback" / f"{name}.html"


def grade_all(mini: Mini) -> None:
    students = mini.course.submitted(ASSIGNMENT)
    assert all(told.graded.report for told in grade_class(mini.course, ASSIGNMENT, students))
    assert not [
        problem for _, problem in feedback_for(mini.course, ASSIGNMENT, students) if problem
    ]


def test_what_the_exchange_keeps_goes_with_a_submission_to_its_feedback(exchanged: Mini) -> None:
    grade_all(exchanged)

    for step in ("autograded", "feedback"):
        folder = exchanged.course.folder(step, "ada", ASSIGNMENT)
        assert (folder / "submission_secret.txt").read_text() == ADAS_SECRET
        assert (folder / "timestamp.txt").read_text().strip() == STAMP


def test_formgraders_button_releases_the_same_and_passes_over_the_same(
    exchanged: Mini, tmp_path: Path
) -> None:
    grade_all(exchanged)
    with formgrader(exchanged, tmp_path) as server:
        result = server.api(f"assignment/{ASSIGNMENT}/release_feedback", "POST")

    assert result["success"] is True, result
    assert "the feedback of cleo." in result["log"]
    assert page_in_the_exchange(exchanged, ADAS_SECRET).is_file()
    assert page_in_the_exchange(exchanged, BENS_SECRET).is_file()
    assert len(list(page_in_the_exchange(exchanged, "").parent.iterdir())) == 2
    assert current_round(exchanged.course, ASSIGNMENT) == 2


def test_formgraders_buttons_alone_bring_a_page_from_submission_to_exchange(
    exchanged: Mini, tmp_path: Path
) -> None:
    buttons = (
        f"submission/{ASSIGNMENT}/ben/autograde",
        f"assignment/{ASSIGNMENT}/ben/generate_feedback",
        f"assignment/{ASSIGNMENT}/ben/release_feedback",
    )
    with formgrader(exchanged, tmp_path) as server:
        for button in buttons:
            result = server.api(button, "POST")
            assert result["success"] is True, result

    assert page_in_the_exchange(exchanged, BENS_SECRET).is_file()
    assert not page_in_the_exchange(exchanged, ADAS_SECRET).exists()


# What a student may put in the place of the exchange's files.


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**12)


def _no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\0")


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


@pytest.mark.parametrize("put", [_pipe, _endless, _huge, _no_text, _folder])
def test_only_a_short_regular_file_is_one_of_the_exchanges(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    folder = tmp_path / "submitted" / "ada" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2026-11-01 13:00:00 CET")
    (folder / "submission_secret.txt").write_text(ADAS_SECRET)
    assert sorted(exchange_files(folder)) == ["submission_secret.txt", "timestamp.txt"]

    put(folder / "timestamp.txt")
    assert exchange_files(folder) == {"submission_secret.txt": ADAS_SECRET.encode()}

    put(folder / "submission_secret.txt")
    assert exchange_files(folder) == {}


def test_a_pipe_in_the_place_of_the_time_of_submitting_holds_up_nobody(exchanged: Mini) -> None:
    """Attack Z07, and the same for what else nbgrader would copy."""
    folder = exchanged.submission("ada").parent
    _pipe(folder / "timestamp.txt")
    _endless(folder / "notes.txt")
    _pipe(folder / "data.csv")
    students = exchanged.course.submitted(ASSIGNMENT)

    told = list(grade_class(exchanged.course, ASSIGNMENT, students))

    assert all(one.graded.report is not None for one in told)
    for student in students:
        assert exchanged.scores(student).items() >= full_marks().items()


def test_stock_nbgrader_is_not_held_up_by_a_pipe_either(exchanged: Mini) -> None:
    folder = exchanged.submission("ada").parent
    _pipe(folder / "timestamp.txt")
    _endless(folder / "notes.txt")
    _pipe(folder / "data.csv")

    # The second run reads the time of submitting to see whether it is newer.
    for _ in range(2):
        done = exchanged.nbgrader("autograde", ASSIGNMENT)
        assert done.returncode == 0, done.stdout + done.stderr

    for student in exchanged.course.submitted(ASSIGNMENT):
        assert exchanged.scores(student).items() >= full_marks().items()
    graded = exchanged.course.folder("autograded", "ada", ASSIGNMENT)
    assert sorted(path.name for path in graded.iterdir()) == [
        "a1.ipynb",
        "checks.json",
        "submission_secret.txt",
    ]
