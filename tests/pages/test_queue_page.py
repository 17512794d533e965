"""The queue's page in a browser: readable for all, on a phone, and plain about what is next."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.review.queue import ACTS, Item, Queue
from autograder.review.queue_page import queue_html
from autograder.review.reasons import Need, Reason
from tests.pages.browser import Scheme, open_page

HOSTILE = '<script>document.title = "run"</script>' + "x" * 300


def item(number: int, reason: Reason, page: Path) -> Item:
    need = Need(
        reason=reason,
        student=f"s{number}",
        exercise="" if number % 3 else "transpose",
        seen=f"{HOSTILE} {number}",
    )
    return Item(
        id=f"{number:06x}",
        need=need,
        shown=f"Submission #{number}",
        act=ACTS[reason].format(assignment="a1", exercise=need.exercise),
        formgrader=f"http://localhost:8888/formgrader/submissions/{number}/",
        page=str(page) if number % 2 else "",
        grader="ann" if number % 2 else "",
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A queue with each reason twice."""
    path = tmp_path_factory.mktemp("queue") / "queue.html"
    reasons = [reason for reason in Reason for _ in range(2)]
    items = tuple(item(number, reason, path) for number, reason in enumerate(reasons, 1))
    path.write_text(queue_html(Queue(assignment="a1", items=items, done=3)), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Path, browser: Browser, scheme: Scheme) -> None:
    assert open_page(browser, page, scheme=scheme).axe() == []


def test_a_phone_scrolls_in_one_direction_alone(page: Path, browser: Browser) -> None:
    assert open_page(browser, page).sideways_scroll(390) == 0


def test_the_first_screen_says_which_to_take_next_and_why(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page)

    box = opened.page.locator(".next").bounding_box()
    said = opened.page.locator(".next").inner_text()
    assert box is not None
    assert box["y"] + box["height"] < 900
    assert said.startswith("Take this one next: written answer to mark")
    assert "Submission #1" in said


def test_nothing_of_a_student_runs(page: Path, browser: Browser) -> None:
    assert open_page(browser, page).page.title() == "a1: what needs a person"


def test_an_empty_queue_says_so(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(queue_html(Queue(assignment="a1", items=(), done=2)), encoding="utf-8")

    opened = open_page(browser, path)
    assert "a1: nothing needs a person, 2 looked at." in opened.page.inner_text("body")
    assert opened.axe() == []
