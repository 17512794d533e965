"""A student's page in a browser: readable by all, on a phone, in the dark and on paper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.browser import Scheme, open_page

REPOSITORY = Path(__file__).parents[2]
STUDENTS = ("lost-two", "all-right", "waits")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of three students of 1-tensors, made in a process of their own."""
    folder = tmp_path_factory.mktemp("pages")
    command = [sys.executable, "-W", "ignore", "-m", "tests.pages.sample_pages", str(folder)]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("student", STUDENTS)
def test_axe_finds_nothing_serious_folded_or_open(
    pages: Path, browser: Browser, student: str, scheme: Scheme
) -> None:
    opened = open_page(browser, pages / f"{student}.html", scheme=scheme)
    folded = opened.axe()

    opened.open_all_folds()

    assert (folded, opened.axe()) == ([], [])


@pytest.mark.parametrize("student", STUDENTS)
def test_on_a_phone_nothing_scrolls_sideways(pages: Path, browser: Browser, student: str) -> None:
    opened = open_page(browser, pages / f"{student}.html")
    folded = opened.sideways_scroll(390)

    opened.open_all_folds()

    assert (folded, opened.sideways_scroll(390)) == (0, 0)


def test_what_was_lost_in_two_exercises_prints_on_six_sheets(pages: Path, browser: Browser) -> None:
    opened = open_page(browser, pages / "lost-two.html")

    assert "You lost" in opened.page.locator("h2", has_text="in 2 exercises").inner_text()
    assert 0 < opened.print_pdf_pages() <= 6


def test_in_the_dark_the_page_is_dark(pages: Path, browser: Browser) -> None:
    colors = [
        open_page(browser, pages / "lost-two.html", scheme=scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]

    assert colors == ["rgb(255, 255, 255)", "rgb(13, 17, 23)"]


def test_a_link_to_an_answer_opens_the_fold_that_it_is_in(pages: Path, browser: Browser) -> None:
    opened = open_page(browser, pages / "lost-two.html")

    opened.page.get_by_text("See it in your notebook").first.click()

    assert opened.page.locator("#transpose").is_visible()


def test_what_to_do_next_stands_in_the_first_thousand_pixels(pages: Path, browser: Browser) -> None:
    opened = open_page(browser, pages / "lost-two.html")
    opened.resize(1200, 1000)

    for words in ("What to do next", "You lost", "Your answer", "Expected", "What came"):
        box = opened.page.get_by_text(words).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 1000, words
