"""`autograder status`: where each submission stands, and nothing changes by asking."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.record import Record
from autograder.review.status import Page, Stand, State, Status, same_person, status
from autograder.review.tables import as_csv, counts, status_lines
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini
from tests.kit.nbgrader_bridge.sample_class import find

WRONG = "def transpose(m):\n    return m"


@pytest.fixture(scope="module")
def course(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class in which each stands somewhere else."""
    mini = released.copy_to(tmp_path_factory.mktemp("status") / "course")
    silent = mini.answered()
    find(silent, WRITTEN).source = find(mini.released(), WRITTEN).source
    for student in ("graded", "given", "again", "late", "Zoë", "zoë"):
        mini.hand_in(student, silent)
    mini.hand_in("waits", mini.answered(**{WRITTEN: "Because it is a view."}))
    with opened(mini.course.db_url) as gradebook:
        for student in ("graded", "given", "again", "late", "waits", "absent", "new"):
            gradebook.update_or_create_student(student, first_name="A", last_name=student.title())
        due = datetime.now() - timedelta(days=1)  # nbgrader's own are naive UTC
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
    stamp = mini.root / "submitted" / "late" / ASSIGNMENT / "timestamp.txt"
    stamp.write_text(f"{datetime.now() - timedelta(hours=3):%Y-%m-%d %H:%M:%S.%f} UTC")
    students = mini.course.submitted(ASSIGNMENT)
    list(grade_class(mini.course, ASSIGNMENT, students))
    list(feedback_for(mini.course, ASSIGNMENT, ["given"], released=True))
    list(feedback_for(mini.course, ASSIGNMENT, ["waits"]))
    mini.hand_in("again", mini.answered(transpose=WRONG))
    mini.hand_in("new", silent)
    Record(mini.course, ASSIGNMENT).note_problem("graded", "the disk was full.")
    return mini


@pytest.fixture(scope="module")
def found(course: Mini) -> Status:
    return status(course.course, ASSIGNMENT)


def of(found: Status, student: str) -> Stand:
    return next(stand for stand in found.stands if stand.student == student)


@pytest.mark.parametrize(
    ("student", "state"),
    [
        ("given", State.GRADED),
        ("waits", State.WAITS),
        ("again", State.CHANGED),
        ("new", State.NEW),
        ("absent", State.MISSING),
        ("graded", State.NOT_GRADED),
    ],
)
def test_each_stands_where_it_does(found: Status, student: str, state: State) -> None:
    assert of(found, student).state is state


def test_pages_and_releases_are_told(found: Status) -> None:
    assert (of(found, "given").page, bool(of(found, "given").released)) == (Page.CURRENT, True)
    assert (of(found, "waits").page, of(found, "waits").released) == (Page.CURRENT, "")
    assert of(found, "late").page is Page.NONE


def test_a_page_is_old_once_the_grade_is_another(course: Mini) -> None:
    mini = course
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "waits")
        before = grade.manual_score
        grade.manual_score = 1.0
        gradebook.db.commit()
    try:
        assert of(status(mini.course, ASSIGNMENT), "waits").page is Page.OLDER
    finally:
        with opened(mini.course.db_url) as gradebook:
            grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "waits")
            grade.manual_score = before
            gradebook.db.commit()


def test_lateness_roster_and_doubles_are_told(found: Status) -> None:
    assert 20 < of(found, "late").late_s / 3600 < 22
    assert not of(found, "Zoë").on_roster
    assert of(found, "waits").on_roster
    assert (of(found, "Zoë").also, of(found, "zoë").also) == (("zoë",), ("Zoë",))


def test_one_screen_says_who_needs_somebody(found: Status) -> None:
    text = "\n".join(status_lines(found))

    assert text.startswith(f"{ASSIGNMENT}: 8 handed in, 1 missing, 1 late")
    assert "Not graded (1)\n    graded: the disk was full." in text
    assert "again: handed in again" in text
    assert "Missing (1)\n    absent" in text


def test_a_class_of_300_is_one_screen() -> None:
    stands = [Stand(student=f"s{n}", name="", state=State.MISSING) for n in range(300)]

    lines = list(status_lines(Status(assignment="a", stands=tuple(stands))))

    assert len(lines) < 40
    assert lines[-1].endswith("and 288 more")


def test_a_spreadsheet_has_a_row_for_each_and_no_formula(found: Status) -> None:
    evil = Stand(student="=1+1", name="@cmd", state=State.NEW)
    table = as_csv([Status(assignment="a", stands=(*found.stands, evil))])

    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == len(found.stands) + 1
    assert (rows[-1]["student"], rows[-1]["name"]) == ("'=1+1", "'@cmd")
    assert {row["student"]: row["state"] for row in rows}["given"] == "graded"


def test_asking_changes_nothing(course: Mini) -> None:
    def state() -> dict[Path, float]:
        return {p: p.stat().st_mtime_ns for p in course.root.rglob("*") if p.is_file()}

    before = state()
    status(course.course, ASSIGNMENT)

    assert state() == before


def test_an_assignment_nobody_knows_yet_has_no_gradebook_made(mini: Mini) -> None:
    (mini.root / "gradebook.db").unlink()

    found = status(mini.course, ASSIGNMENT)

    assert counts(found)["handed in"] == 0
    assert not (mini.root / "gradebook.db").exists()


def test_ids_of_one_person_are_told_apart_from_others() -> None:
    assert same_person(["ada.l", "Ada-L", "bob"], {}) == {
        "ada.l": ["ada.l", "Ada-L"],
        "Ada-L": ["ada.l", "Ada-L"],
    }


def test_the_command_prints_a_screen_a_table_or_a_spreadsheet(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for arguments in ([ASSIGNMENT], [], [ASSIGNMENT, "--csv"]):
        with pytest.raises(SystemExit) as ended:
            run(["status", *arguments, "--course", str(course.root)])
        assert ended.value.code == 0
        printed.append(capsys.readouterr().out)

    assert printed[0].startswith(f"{ASSIGNMENT}: 8 handed in")
    heading, numbers = printed[1].split("────")[0], printed[1].splitlines()[-1]
    assert all(word in heading for word in ("handed", "missing", "released"))
    assert numbers.split()[:3] == [ASSIGNMENT, "8", "1"]
    assert printed[2].startswith("assignment,student,name,state")
