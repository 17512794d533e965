"""The class report in a browser: readable for everybody, on a phone, in the dark, quick to open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.course.course import Course, open_course
from autograder.handout.release import register
from autograder.report.report import write_report
from autograder.settings.load import load
from tests.kit.class_maker import graded_class, student_names
from tests.pages.browser import Scheme, open_page

REPOSITORY = Path(__file__).parents[2]
STUDENTS = 200
MOST_BYTES, MOST_MS = 3_000_000, 2_000


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The repository's own course with 200 students' results in each of its five assignments."""
    root = tmp_path_factory.mktemp("class")
    for name in ("solutions", "assignments", "tests/hidden"):
        shutil.copytree(
            REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, root)
    made = open_course(load(root))
    for assignment in made.assignments():
        register(made, assignment)
        graded_class(made, assignment, student_names(STUDENTS))
    return made


@pytest.fixture(scope="session")
def pages(course: Course) -> dict[str, Path]:
    """The reports, by what they are of; made before the browser starts."""
    return {name: write_report(course, name) for name in ("", "1-tensors", "4-training")}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["", "1-tensors"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_folded_or_open(
    pages: dict[str, Path], browser: Browser, name: str, scheme: Scheme
) -> None:
    opened = open_page(browser, pages[name], scheme=scheme)
    folded = opened.axe()
    opened.open_all_folds()

    assert (folded, opened.axe()) == ([], [])


@pytest.mark.parametrize("name", ["", "1-tensors", "4-training"])
def test_a_phone_scrolls_in_one_direction_alone(
    pages: dict[str, Path], browser: Browser, name: str
) -> None:
    opened = open_page(browser, pages[name])
    folded = opened.sideways_scroll(390)
    opened.open_all_folds()

    assert (folded, opened.sideways_scroll(390)) == (0, 0)


def test_a_class_of_200_by_5_opens_in_two_seconds_and_is_under_3_mb(
    pages: dict[str, Path], browser: Browser
) -> None:
    opened = open_page(browser, pages[""])

    took_ms = opened.page.evaluate("performance.getEntriesByType('navigation')[0].duration")
    assert pages[""].stat().st_size < MOST_BYTES
    assert 0 < took_ms < MOST_MS


def test_a_dark_page_has_light_pictures(pages: dict[str, Path], browser: Browser) -> None:
    text = open_page(browser, pages["1-tensors"], scheme="dark").page.locator("svg text").first

    color = text.evaluate("element => getComputedStyle(element).fill")
    assert color == "rgb(230, 237, 243)"


def test_the_first_screen_says_what_the_class_has_not_understood(
    pages: dict[str, Path], browser: Browser
) -> None:
    opened = open_page(browser, pages["1-tensors"])
    opened.resize(1200, 700)

    findings = opened.page.locator(".findings li")
    boxes = [findings.nth(place).bounding_box() for place in range(3)]
    assert all(box is not None and box["y"] + box["height"] < 700 for box in boxes)
    assert "lost points; " in findings.nth(0).inner_text()
