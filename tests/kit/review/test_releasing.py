"""`autograder release-feedback`: current pages go out, by the exchange or by folders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.course.handed_in import SECRET, TIMESTAMP
from autograder.course.rounds import current_round
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.record import Record
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini
from tests.kit.nbgrader_bridge.sample_class import find

EXCHANGED = ("ada", "ben")


@pytest.fixture
def course(mini: Mini) -> Mini:
    """Four hand-ins: two came through an exchange, `waits` has an answer that nobody has read."""
    silent = mini.answered()
    find(silent, WRITTEN).source = find(mini.released(), WRITTEN).source
    for student in (*EXCHANGED, "mailed"):
        mini.hand_in(student, silent)
    mini.hand_in("waits", mini.answered(**{WRITTEN: "Because it is a view."}))
    for number, student in enumerate(EXCHANGED):
        folder = mini.root / "submitted" / student / ASSIGNMENT
        (folder / SECRET).write_text(f"{number}" * 64)
        (folder / TIMESTAMP).write_text("2026-11-01 12:00:00.000000 UTC")
    exchange = mini.root.parent / "exchange"
    exchange.mkdir()
    with (mini.root / "course_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc.Exchange.root = {str(exchange)!r}\nc.CourseDirectory.course_id = 'py'\n")
    made = Mini(mini.root)
    students = made.course.submitted(ASSIGNMENT)
    list(grade_class(made.course, ASSIGNMENT, students))
    list(feedback_for(made.course, ASSIGNMENT, students))
    return made


def release(mini: Mini, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        run(["release-feedback", ASSIGNMENT, *arguments, "--course", str(mini.root)])
    told = capsys.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    return code, re.sub(r"\s+", " ", told.out + told.err)


def released(mini: Mini) -> set[str]:
    record = Record(mini.course, ASSIGNMENT)
    return {s for s in mini.course.submitted(ASSIGNMENT) if record.history(s).released}


def pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def test_into_folders_each_student_gets_the_page_and_the_round_ends(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, said = release(course, capsys, "--to", str(tmp_path / "out"))

    everybody = set(course.course.submitted(ASSIGNMENT))
    assert code == 0
    assert pages(tmp_path / "out") == {f"{s}/{ASSIGNMENT}/{ASSIGNMENT}.html" for s in everybody}
    assert released(course) == everybody
    assert current_round(course.course, ASSIGNMENT) == 2
    assert "Round 1 of a1 has ended" in said
    assert "4 pages released" in said


def test_the_exchange_takes_those_that_came_through_it_and_the_others_are_named(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = release(course, capsys)

    assert code == 0
    assert len(pages(course.root.parent / "exchange" / "py" / "feedback")) == 2
    assert released(course) == set(EXCHANGED)
    assert "Not by the exchange, as these did not come through it: mailed, waits." in said


def test_of_one_student_only_that_page_goes_out(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _said = release(course, capsys, "--student", "ben")

    assert code == 0
    assert len(pages(course.root.parent / "exchange" / "py" / "feedback")) == 1
    assert released(course) == {"ben"}


def test_what_waits_for_a_person_is_held_back_where_that_is_asked_for(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, said = release(course, capsys, "--hold-unread", "--to", str(tmp_path / "out"))

    assert code == 0
    assert "Held back, as somebody has to read an answer (1): waits" in said
    assert released(course) == {*EXCHANGED, "mailed"}
    assert not (tmp_path / "out" / "waits").exists()


def test_a_page_older_than_its_grade_stops_the_release(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with opened(course.course.db_url) as gradebook:
        gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "waits").manual_score = 1.0
        gradebook.db.commit()

    code, said = release(course, capsys, "--to", str(tmp_path / "out"))

    assert code == 2
    assert "1 pages of a1 are older than the grade, or are not there: waits." in said
    assert "autograder feedback a1" in said
    assert (released(course), (tmp_path / "out").exists()) == (set(), False)


def test_a_dry_run_says_who_would_get_what_and_changes_nothing(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = release(course, capsys, "--dry-run", "--hold-unread")

    assert code == 0
    assert "Get their page (3): ada, ben, mailed" in said
    assert "Nothing was released" in said
    assert released(course) == set()
    assert current_round(course.course, ASSIGNMENT) == 1


def test_without_an_exchange_the_way_by_folders_is_told(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mini.hand_in("ada", mini.answered())
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    list(feedback_for(mini.course, ASSIGNMENT, ["ada"]))

    code, said = release(mini, capsys)

    assert code == 2
    assert "c.Exchange.root is not set" in said
    assert "autograder release-feedback a1 --to FOLDER" in said


def test_a_page_that_was_made_anew_replaces_the_one_given_out(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    release(course, capsys, "--to", str(tmp_path / "out"))
    with opened(course.course.db_url) as gradebook:
        gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "waits").manual_score = 1.0
        gradebook.db.commit()
    list(feedback_for(course.course, ASSIGNMENT, ["waits"]))

    _code, said = release(course, capsys, "--to", str(tmp_path / "out"), "--student", "waits")

    made = course.read("feedback", "waits", ASSIGNMENT, f"{ASSIGNMENT}.html")
    out = tmp_path / "out" / "waits" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    assert out.read_text(encoding="utf-8") == made
    assert "Of these had one before (1): waits" in said
