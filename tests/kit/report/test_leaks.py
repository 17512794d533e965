"""What must not stand in a report: a class is graded for real, with answers that try to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.classroom.grade import grade_class
from autograder.course.rounds import seed
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.record import Record
from autograder.report.facts import facts_of
from autograder.report.numbers import numbers_of
from autograder.report.report import statistics_of, write_report
from autograder.report.written import as_json
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, CHECKS, MARK_SCHEME, VISIBLE, Mini
from tests.kit.nbgrader_bridge.sample_class import TELLS_TOTAL
from tests.kit.nbgrader_bridge.test_pages import hidden_numbers

MISTAKE = (
    '"""Rows and columns stay.\n\nfails: test_swaps_the_axes\nhint: Turned?\n"""\n'
    "def transpose(m):\n    return m\n"
)
STUDENTS = ("zelda", "yorick", "xaver", "walter")


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """Wrong answers of every kind; two students wrote their names into theirs."""
    mini = released.copy_to(tmp_path_factory.mktemp("leaks") / "course")
    path = mini.course.checks_folder(ASSIGNMENT) / "mistakes" / "transpose" / "as_it_came.py"
    path.parent.mkdir(parents=True)
    path.write_text(MISTAKE, encoding="utf-8")
    stays = "def transpose(m):\n    # by {who}\n    return m"
    flips = "def transpose(m):\n    # {who} was here\n    return m.flip(0)"
    of_list = "def from_list(values):\n    raise ValueError(values)"
    mini.hand_in("zelda", mini.answered(transpose=stays.format(who="zelda"), total=TELLS_TOTAL))
    mini.hand_in("yorick", mini.answered(transpose=stays.format(who="Yorick"), from_list=of_list))
    mini.hand_in("xaver", mini.answered(transpose=flips.format(who="Zimmer"), total=TELLS_TOTAL))
    mini.hand_in("walter", mini.answered(transpose=flips.format(who="walter"), from_list=of_list))
    told = list(grade_class(mini.course, ASSIGNMENT, STUDENTS))
    assert all(one.graded.report is not None for one in told)
    with opened(mini.course.db_url) as gradebook:
        gradebook.update_or_create_student("xaver", last_name="Zimmer")
    return mini


@pytest.fixture(scope="module")
def texts(graded: Mini) -> dict[str, str]:
    """All that a report gives: pages, CSV of each table, JSON, by what it is."""
    found = statistics_of(graded.course, ASSIGNMENT)
    pages = {
        "page": write_report(graded.course, ASSIGNMENT),
        "page of the course": write_report(graded.course),
        "page without names": write_report(graded.course, ASSIGNMENT, anonymous=True),
    }
    return {
        **{name: path.read_text(encoding="utf-8") for name, path in pages.items()},
        **{f"CSV of {table.name}": found.csv(table.name) for table in found.tables},
        "JSON": as_json(found.data()),
        "JSON of the course": as_json(statistics_of(graded.course).data()),
        "sentences": "\n".join(found.said),
        "kept": _read(graded.course.private / "reports"),
    }


def _read(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.json"))


def test_the_class_made_the_mistakes_that_it_should(graded: Mini, texts: dict[str, str]) -> None:
    numbers = numbers_of(facts_of(graded.course, ASSIGNMENT))

    assert [(one.name, one.students) for one in numbers.misconceptions] == [
        ("transpose/as_it_came", 2)
    ]
    assert {(one.exercise, one.students) for one in numbers.unnamed} == {
        ("transpose", 2),
        ("total", 2),
        ("from_list", 2),
    }
    assert "transpose: as it came" in texts["page"]
    assert "return m.flip(0)" in texts["page"]


def test_no_hidden_value_stands_anywhere(graded: Mini, texts: dict[str, str]) -> None:
    numbers = hidden_numbers(graded)

    kept = " ".join(_sentences(graded))
    assert any(number in kept for number in numbers), "there is something to leak"
    assert [(name, n) for name, text in texts.items() for n in numbers if n in text] == []


def _sentences(mini: Mini) -> list[str]:
    record = Record(mini.course, ASSIGNMENT)
    reports = [marked.report for who in STUDENTS if (marked := record.result(who))]
    return [
        sentence.text
        for report in reports
        for exercise in report.exercises
        for check in exercise.checks
        for sentence in check.sentences
    ]


def test_no_sentence_for_tas_stands_anywhere(graded: Mini, texts: dict[str, str]) -> None:
    record = Record(graded.course, ASSIGNMENT)
    marked = record.result("zelda")
    assert marked is not None
    for_tas = {
        sentence.text
        for exercise in marked.report.exercises
        for check in exercise.checks
        for sentence in check.sentences
        if sentence.holds_values
    }

    assert for_tas
    assert [(name, t) for name, text in texts.items() for t in for_tas if t in text] == []


def test_no_line_of_a_check_or_of_the_solution_stands_anywhere(texts: dict[str, str]) -> None:
    lines = {line.strip() for line in CHECKS.splitlines() if len(line.strip()) > 12}
    lines |= {line.strip() for code in ANSWERS.values() for line in code.splitlines()[1:]}
    lines |= {*VISIBLE.values(), "BEGIN HIDDEN TESTS", "BEGIN SOLUTION", MARK_SCHEME}

    found = [(name, line) for name, text in texts.items() for line in lines if line in text]
    assert found == []


def test_no_path_and_no_secret_stands_anywhere(graded: Mini, texts: dict[str, str]) -> None:
    secret = seed(graded.course, ASSIGNMENT).hex()

    found = [name for name, text in texts.items() if str(graded.root) in text or secret in text]
    assert found == []


@pytest.mark.parametrize("name", ["zelda", "yorick", "walter", "Zimmer"])
def test_a_name_stands_where_the_points_of_each_student_stand_alone(
    texts: dict[str, str], name: str
) -> None:
    with_names = {what for what, text in texts.items() if name in text or name.capitalize() in text}

    assert with_names <= {
        *("page", "page of the course", "CSV of students", "JSON", "JSON of the course"),
    }
    assert texts["page"].count(name) == (name != "Zimmer")
