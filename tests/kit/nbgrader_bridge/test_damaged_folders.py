"""Hand-ins damaged at random, as a class: nobody gets a 0 without a true reason, nobody is stopped,
and stock nbgrader gives the same to those that it takes up.
"""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.stock import BY_STOCK
from autograder.results import Reader, Report
from tests.kit.course_maker import ASSIGNMENT, Mini, full_marks

NAME = f"{ASSIGNMENT}.ipynb"
NAMES = (NAME, "a1 (1).ipynb", "a1 copy.ipynb", "A1.IPYNB", "final.ipynb.txt", "x.json", "week/a1")
CLASS = 24

Damage = Callable[[random.Random, Path], None]


def notebooks(folder: Path) -> list[Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if path.suffix not in (".pdf", ".zip")]


def renamed(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        target = folder / draw.choice(NAMES)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def deeper(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        target = folder / draw.choice([ASSIGNMENT, "Downloads", "a/b"]) / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def packed(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        with zipfile.ZipFile(folder / "hand in.zip", "w") as archive:
            archive.write(path, draw.choice([NAME, "week 1/a1.ipynb"]))
        path.unlink()


def encoded(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        text = path.read_bytes().decode("utf-8", "replace")
        path.write_bytes(text.encode(draw.choice(["utf-16", "utf-8-sig", "utf-16-be"])))


def cut(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        raw = path.read_bytes()
        path.write_bytes(raw[: draw.randrange(len(raw) + 1)])


def flipped(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        raw = bytearray(path.read_bytes())
        for _ in range(draw.choice([1, 1, 40])):
            if raw:
                raw[draw.randrange(len(raw))] = draw.randrange(256)
        path.write_bytes(bytes(raw))


def copied(draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder)[:1]:
        (folder / draw.choice(["a1-Copy1.ipynb", "a1 (2).ipynb"])).write_bytes(path.read_bytes())


def littered(draw: random.Random, folder: Path) -> None:
    for name in (".DS_Store", "__MACOSX/._a1.ipynb", "Thumbs.db", "notes.pdf", "~$a1.ipynb"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw.randbytes(50))


def trapped(draw: random.Random, folder: Path) -> None:
    """What is not a file where one is expected."""
    path = folder / draw.choice(["b.ipynb", "data.csv"])
    match draw.randrange(3):
        case 0:
            path.symlink_to("/etc/passwd")
        case 1:
            os.mkfifo(path)
        case _:
            path.mkdir()


def emptied(_draw: random.Random, folder: Path) -> None:
    for path in notebooks(folder):
        path.unlink()


DAMAGES: tuple[Damage, ...] = (
    *(renamed, renamed, deeper, packed, encoded, cut, flipped, copied, littered, trapped),
    emptied,
)


# After these the answers are there as they were.
HARMLESS = {renamed, deeper, packed, encoded, copied, littered, trapped}


@dataclass(frozen=True)
class Class:
    """A damaged class, graded: what was done to whom, and who had the right answers before."""

    mini: Mini
    told: dict[str, Told]
    done: dict[str, set[Damage]]
    right: set[str]

    def report(self, student: str) -> Report:
        report = self.told[student].graded.report
        assert report is not None
        return report

    @property
    def waiting(self) -> set[str]:
        """Those of whom nothing could be graded."""
        found = {student: self.report(student) for student in self.told}
        return {s for s, report in found.items() if len(report.undecided) == len(report.exercises)}


@pytest.fixture(scope="module")
def damaged(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Class:
    mini = released.copy_to(tmp_path_factory.mktemp("damaged") / "course")
    draw = random.Random(14)
    done: dict[str, set[Damage]] = {}
    right = set()
    answered = nbformat.v4.writes_json(mini.answered()).encode()
    stub = nbformat.v4.writes_json(mini.released()).encode()
    for number in range(CLASS):
        student = f"s{number:02}"
        folder = mini.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        if draw.random() < 0.85:
            right.add(student)
        (folder / NAME).write_bytes(answered if student in right else stub)
        done[student] = set(draw.choices(DAMAGES, k=draw.randint(1, 3)))
        for damage in sorted(done[student], key=DAMAGES.index):
            damage(draw, folder)
    told = grade_class(mini.course, ASSIGNMENT, sorted(done))
    return Class(mini, {one.graded.student: one for one in told}, done, right)


def test_every_submission_has_a_result(damaged: Class) -> None:
    problems = {student: one.graded.problem for student, one in damaged.told.items()}

    assert problems == dict.fromkeys(damaged.done)


def test_nothing_is_lost_without_a_reason_that_the_student_reads(damaged: Class) -> None:
    silent = [
        (student, check.check.name)
        for student in damaged.told
        for exercise in damaged.report(student).exercises
        for check in exercise.checks
        if check.credit < 1 and not "".join(check.said_to(Reader.STUDENT)).strip()
    ]

    assert silent == []


def test_what_could_not_be_read_waits_and_is_no_zero(damaged: Class) -> None:
    scores = {student: damaged.mini.scores(student) for student in damaged.waiting}

    assert scores
    assert all(set(by_name.values()) == {None} for by_name in scores.values())


def test_right_answers_that_are_still_there_get_full_marks(damaged: Class) -> None:
    unharmed = {s for s in damaged.right if damaged.done[s] <= HARMLESS}
    points = {s: damaged.report(s).points for s in unharmed}

    assert len(unharmed) > 5
    assert points == dict.fromkeys(unharmed, sum(full_marks().values()))


def test_stock_nbgrader_gives_the_same_to_those_that_it_takes_up(damaged: Class) -> None:
    mini = damaged.mini
    # Stock nbgrader reads a pipe until somebody writes to it.
    with_pipe = {path for path in (mini.root / "submitted").rglob("*") if path.is_fifo()}
    for path in with_pipe:
        path.unlink()
    changed = {path.relative_to(mini.root / "submitted").parts[0] for path in with_pipe}
    before = {student: mini.scores(student) for student in damaged.told}

    done = mini.nbgrader("autograde", ASSIGNMENT, "--force")

    record = Record(mini.course, ASSIGNMENT)
    newest = {student: record.history(student).newest for student in damaged.told}
    by_stock = {student for student, entry in newest.items() if entry and entry.by == BY_STOCK}
    by_stock -= changed
    assert len(by_stock) > 3, done.stderr
    assert {s: mini.scores(s) for s in by_stock} == {s: before[s] for s in by_stock}
