"""The report's page: what stands on it, that it needs nothing else, that no text of others runs."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.report.earlier import Changes
from autograder.report.facts import Answer, Facts, facts_of
from autograder.report.numbers import numbers_of
from autograder.report.page import assignment_page
from autograder.report.report import statistics_of, write_report
from autograder.report.sections import Told
from tests.kit.course_maker import ASSIGNMENT, Mini
from tests.kit.report.facts_maker import answer, class_of, facts, submission

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOSTILE = "<script>window.owned = 1</script>"


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def page_of(found: Facts, *, anonymous: bool = False) -> BeautifulSoup:
    told = Told(facts=found, numbers=numbers_of(found), changes=Changes())
    return parsed(assignment_page(told, NOW, anonymous=anonymous))


@pytest.fixture(scope="module")
def report(recorded: Mini) -> BeautifulSoup:
    return parsed(write_report(recorded.course, ASSIGNMENT).read_text(encoding="utf-8"))


def test_the_page_begins_with_what_the_class_has_not_understood(
    report: BeautifulSoup, recorded: Mini
) -> None:
    first = statistics_of(recorded.course, ASSIGNMENT).said[0]

    heading, findings = report.h1, report.ol
    assert heading is not None
    assert findings is not None
    assert heading.text == "a1: what the class has not understood"
    assert heading.find_next("ol") is findings
    said = " ".join(findings.li.p.text.split()) if findings.li and findings.li.p else ""
    exercise, counted = said.split(": ", 1)
    lost, rest = counted.split(" lost points", 1)
    assert first.startswith(f"{lost} lost points in {exercise}{rest}")


def test_every_section_that_is_asked_for_is_there(report: BeautifulSoup) -> None:
    assert [heading.text for heading in report.find_all("h2")] == [
        "Totals",
        "Who lost what",
        "Exercises and checks by difficulty",
        "Mistakes that have a name",
        "Mistakes without a name yet",
        "Passed at home, lost points here",
        "Lateness",
    ]


def test_every_picture_has_words_and_a_table_beside_it(report: BeautifulSoup) -> None:
    pictures = report.find_all("svg")

    assert len(pictures) >= 3
    for picture in pictures:
        section = picture.find_parent("section")
        assert picture["role"] == "img"
        assert len(str(picture["aria-label"])) > 20
        assert section is not None
        assert section.find("table") is not None


def test_ids_are_there_once(report: BeautifulSoup) -> None:
    ids = [str(element["id"]) for element in report.find_all(id=True)]

    assert len(ids) == len(set(ids)) > 10


def test_the_page_needs_no_script_and_no_network(report: BeautifulSoup) -> None:
    policy = report.find("meta", attrs={"http-equiv": "Content-Security-Policy"})

    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert report.find_all(["script", "link", "img", "iframe", "object"]) == []
    assert [*report.find_all(src=True), *report.find_all(href=True)] == []
    assert [a for e in report.find_all(True) for a in e.attrs if a.startswith("on")] == []


def test_a_name_stands_in_the_table_of_points_alone(report: BeautifulSoup) -> None:
    names = report.find_all(string=re.compile("zelda"))

    tables = [name.find_parent("table") for name in names]
    captions = {table.caption.text for table in tables if table and table.caption}
    assert None not in tables
    assert captions == {"Points of each student in each exercise"}
    assert len(names) == 24


def test_an_anonymous_page_names_nobody(recorded: Mini) -> None:
    text = write_report(recorded.course, ASSIGNMENT, anonymous=True).read_text(encoding="utf-8")

    assert "zelda" not in text
    assert "student 24" in text


def test_a_text_of_a_students_is_no_markup() -> None:
    found = class_of(
        *[answer(0.0, mistakes=(f"transpose/{HOSTILE}",), code=f"return {HOSTILE!r}")] * 2
    )
    page = page_of(
        replace(
            found,
            submissions=tuple(
                replace(one, student=f"{HOSTILE}{number}")
                for number, one in enumerate(found.submissions)
            ),
        )
    )

    assert page.find_all("script") == []
    assert HOSTILE in page.get_text()


def test_an_exercise_of_any_name_stands_in_pictures_as_text() -> None:
    name = "</svg><script>$x$"

    page = page_of(facts(*[submission(f"s{n}", {name: answer(0.5, name)}) for n in range(2)]))

    assert page.find_all("script") == []
    assert name in [text.text for text in page.find_all("text")]


def test_a_class_that_lost_nothing_has_a_page() -> None:
    page = page_of(class_of(answer(1.0), answer(1.0)))

    assert "Nobody lost a point." in page.get_text()
    assert "Everybody got all points in transpose." in page.get_text()


def test_a_class_of_whom_all_wait_has_a_page() -> None:
    page = page_of(class_of(answer(None), answer(None)))

    assert "2 graded, 2 of them wait for a person." in page.get_text()


@pytest.mark.parametrize("answers", [{}, {"transpose": answer(0.0)}])
def test_the_smallest_class_has_a_page(answers: dict[str, Answer]) -> None:
    page = page_of(facts(submission("ada", answers)))

    assert "1 graded." in page.get_text()


def test_the_report_is_for_those_who_grade(recorded: Mini) -> None:
    path = write_report(recorded.course, ASSIGNMENT)

    assert path == recorded.root / "reports" / f"{ASSIGNMENT}.html"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_the_report_of_a_course_holds_its_assignments(recorded: Mini) -> None:
    page = parsed(Path(write_report(recorded.course)).read_text(encoding="utf-8"))

    assert page.h1 is not None
    assert page.h1.text == "The course: what the class has not understood"
    found = page.find_all("details", class_="chapter")
    chapters = [chapter.h3.text for chapter in found if chapter.h3]
    assert chapters == [ASSIGNMENT]
    assert {heading.text for heading in page.find_all("h2")} >= {"Totals", "Each assignment"}


def test_what_was_graded_by_hand_since_shows(recorded: Mini, tmp_path: Path) -> None:
    from autograder.nbgrader_bridge.gradebook import opened

    mini = recorded.copy_to(tmp_path / "course")
    before = facts_of(mini.course, ASSIGNMENT).submissions[0]
    with opened(mini.course.db_url) as gradebook:
        cell = gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, before.student)
        cell.manual_score = 0.5
        gradebook.db.commit()

    after = facts_of(mini.course, ASSIGNMENT).submissions[0]

    assert after.answers["transpose"].points == 0.5
    assert after.answers["why"].points is None
    assert after.waiting == before.waiting > 0
