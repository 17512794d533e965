"""A term in small: three TAs work an assignment off by the commands, and nothing is lost."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.cli.commands import run
from autograder.nbgrader_bridge.by_hand import given_by_hand
from autograder.nbgrader_bridge.gradebook import opened, totals
from autograder.nbgrader_bridge.record import Record
from autograder.review.status import Page, status
from tests.kit.course_maker import ALL_POINTS, ASSIGNMENT, CHECKS, POINTS, WRITTEN, Mini

GRADERS = ("ann", "ben", "cyd")
WRITES_POINTS = 3.0
RUBRIC = """
[memory]
points = 2
says = "You name the memory."

[view]
points = 1
says = "You call it a view."
"""
# The check was too strict: it wanted integers of who answers with floats.
STRICT = "expect(student.from_list(values), solution.from_list(values))"
MENDED = "expect(student.from_list(values).float(), solution.from_list(values).float())"
FLOATS = "def from_list(values):\n    return torch.tensor(values).float()"
WRONG = "def transpose(m):\n    return m"
NEAR = "def total(m):\n    return m.sum().item() * 1.0004"
STUDENTS = {
    "floats": {"from_list": FLOATS},
    "right": {},
    "wrong": {"transpose": WRONG},
    "near": {"total": NEAR},
    "asks": {"from_list": FLOATS},
    "also": {},
}


@dataclass
class Commands:
    """`autograder`, as people call it in the course's folder."""

    mini: Mini
    capsys: pytest.CaptureFixture[str]
    said: list[str] = field(default_factory=list)

    def __call__(self, *arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            run([*arguments, "--course", str(self.mini.root)])
        told = self.capsys.readouterr()
        assert (ended.value.code or 0) == code, told.out + told.err
        assert "Traceback" not in told.out + told.err
        return told.out + told.err

    def queue(self, *arguments: str) -> list[dict[str, str]]:
        text = self("review", ASSIGNMENT, "--names", "--csv", *arguments)
        return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def autograder(mini: Mini, capsys: pytest.CaptureFixture[str]) -> Commands:
    for student, answers in STUDENTS.items():
        mini.hand_in(student, mini.answered(**{WRITTEN: f"{student}: the memory.", **answers}))
    rubric = mini.course.checks_folder(ASSIGNMENT) / "rubrics" / f"{WRITTEN}.toml"
    rubric.parent.mkdir()
    rubric.write_text(RUBRIC, encoding="utf-8")
    settings = mini.root / "course_config.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\nc.Review.graders = {list(GRADERS)}\n", encoding="utf-8")
    return Commands(mini=Mini(mini.root), capsys=capsys)


def mark_by_rubric(autograder: Commands) -> None:
    """One TA fills in the sheet: both lines of the rubric for all, and a word of their own."""
    said = autograder("mark", ASSIGNMENT, WRITTEN)
    found = re.search(r"CSV: (.+)", said)
    assert found is not None
    sheet = Path(found[1])
    rows = list(csv.DictReader(io.StringIO(sheet.read_bytes().decode("utf-8-sig"), newline="")))
    for row in rows:
        row["keys"] = "memory view"
        row["comment"] = "Well said."
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    sheet.write_text(held.getvalue(), encoding="utf-8", newline="")
    assert f"{len(STUDENTS)} marked" in autograder(
        "mark", ASSIGNMENT, WRITTEN, "--from", str(sheet)
    )


def override(mini: Mini, student: str, exercise: str, points: float, why: str) -> None:
    """What Formgrader saves for a score and a comment."""
    with opened(mini.course.db_url) as gradebook:
        where = (ASSIGNMENT, ASSIGNMENT, student)
        gradebook.find_grade(f"{exercise}-checks", *where).manual_score = points
        gradebook.find_comment(exercise, *where).manual_comment = why
        gradebook.db.commit()


def points_of(mini: Mini) -> dict[str, float]:
    return {student: one.points for student, one in totals(mini.course.db_url, ASSIGNMENT).items()}


@pytest.mark.timeout(900)
def test_after_a_term_in_small_nobody_has_lost_anything(autograder: Commands) -> None:
    mini, by_checks = autograder.mini, ALL_POINTS
    autograder("grade", ASSIGNMENT)

    # The queue is dealt out: each of its items to one of the three.
    whole = autograder.queue()
    dealt = [row for name in GRADERS for row in autograder.queue("--mine", name)]
    assert sorted(row["id"] for row in dealt) == sorted(row["id"] for row in whole)
    reasons = [row["reason"] for row in whole]
    assert reasons.count("written answer to mark") == len(STUDENTS)
    (near,) = [row for row in whole if row["reason"] == "points lost by a tolerance step"]
    assert (near["student"], near["exercise"]) == ("near", "total")

    # One question is marked by its rubric, one exercise overridden with a reason.
    mark_by_rubric(autograder)
    override(mini, "near", "total", float(POINTS["total"]), "Right but for rounding.")
    autograder("review", ASSIGNMENT, "--done", near["id"], "--note", "given by hand")
    assert autograder.queue() == []

    # Feedback goes out, a student asks, and a check turns out to be too strict.
    autograder("feedback", ASSIGNMENT)
    autograder("release-feedback", ASSIGNMENT, "--to", str(mini.root / "given"))
    autograder("request", ASSIGNMENT, "-s", "asks", "-e", "from_list", "Why not floats?")
    (asked,) = autograder.queue()
    assert (asked["reason"], asked["student"]) == ("a student's question", "asks")
    before = points_of(mini)
    assert before["floats"] == by_checks - POINTS["from_list"] + WRITES_POINTS
    checks = mini.course.checks_folder(ASSIGNMENT) / "test_a1.py"
    assert CHECKS.count(STRICT) == 1
    checks.write_text(CHECKS.replace(STRICT, MENDED), encoding="utf-8")

    # The dry run says who gains, and changes nothing; then it is done, and answered.
    said = autograder("regrade", ASSIGNMENT, "--dry-run")
    assert "asks" in said
    assert "floats" in said
    assert points_of(mini) == before
    autograder("regrade", ASSIGNMENT)
    autograder("request", ASSIGNMENT, "-s", "asks", "-e", "from_list", "--answer", "It is right.")
    autograder("feedback", ASSIGNMENT)
    said = autograder("release-feedback", ASSIGNMENT, "--to", str(mini.root / "given"))
    assert f"{len(STUDENTS)} pages released" in said

    # Nobody lost a point, a manual score or a comment.
    gains = dict.fromkeys(("asks", "floats"), float(POINTS["from_list"]))
    assert points_of(mini) == {who: had + gains.get(who, 0.0) for who, had in before.items()}
    for student in STUDENTS:
        by_hand = {one.name: one for one in given_by_hand(mini.course.db_url, ASSIGNMENT, student)}
        assert by_hand[WRITTEN].points == WRITES_POINTS
        assert "You name the memory." in by_hand[WRITTEN].comment
        assert "Well said." in by_hand[WRITTEN].comment
        assert ("total" in by_hand) == (student == "near")
    total = {one.name: one for one in given_by_hand(mini.course.db_url, ASSIGNMENT, "near")}[
        "total"
    ]
    assert (total.points, total.comment) == (float(POINTS["total"]), "Right but for rounding.")

    # Each page is of the grade as it is, and what was given out is that page.
    record = Record(mini.course, ASSIGNMENT)
    for stand in status(mini.course, ASSIGNMENT).stands:
        assert stand.page is Page.CURRENT
        assert record.history(stand.student).is_released
        name = f"{ASSIGNMENT}.html"
        made = mini.course.folder("feedback", stand.student, ASSIGNMENT) / name
        given = mini.root / "given" / stand.student / ASSIGNMENT / name
        assert given.read_bytes() == made.read_bytes()
    assert (
        "It is right." in (mini.root / "given/asks" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
    )
    assert autograder.queue() == []
