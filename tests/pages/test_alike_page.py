"""The page of answers that are alike: readable for everybody, on a phone, in the dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.handout.release import build, register
from autograder.review.alike import alike, answers_of
from autograder.review.alike_told import write_page
from tests.kit.course_maker import ASSIGNMENT, Mini, write_course
from tests.kit.review.likeness_class import answers, record
from tests.pages.browser import Scheme, open_page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of 30 with a copy, whose lines are as long as lines get; made before the browser."""
    mini = Mini(tmp_path_factory.mktemp("alike") / "course")
    write_course(mini.root, mini.root / "digits")
    build(mini.course, ASSIGNMENT)
    register(mini.course, ASSIGNMENT)
    codes = {f"s{number:02d}": answers(f"s{number:02d}") for number in range(30)}
    codes["copy"] = codes["s00"] = {n: f"{c}\n    # {'w' * 300}" for n, c in codes["s00"].items()}
    record(mini, codes)
    found = alike(answers_of(mini.course), ASSIGNMENT)
    assert found.pairs
    return write_page(mini.course, found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Path, browser: Browser, scheme: Scheme) -> None:
    assert open_page(browser, page, scheme=scheme).axe() == []


def test_a_phone_scrolls_in_one_direction_alone(page: Path, browser: Browser) -> None:
    assert open_page(browser, page).sideways_scroll(390) == 0


def test_answers_stand_side_by_side(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page)
    opened.resize(1200, 800)

    left, right = (opened.page.locator(".side").nth(place).bounding_box() for place in (0, 1))
    assert left is not None
    assert right is not None
    assert (left["y"], left["x"] < right["x"]) == (right["y"], True)
