"""The page to mark by in a browser: readable for everybody, on a phone, in the dark."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.course.course import Course, open_course
from autograder.handout.release import register
from autograder.nbgrader_bridge.record import Record
from autograder.review.answers import answers_of, question_of
from autograder.review.marking import take_sheet, write_sheet
from autograder.settings.load import load
from tests.kit.class_maker import entry, graded_class, student_names
from tests.pages.browser import Scheme, open_page

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT, QUESTION = "3-network", "why-logits"
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WIDE = "".join(f"| column {number} of a table " for number in range(12)) + "|"
ANSWERS = (
    "The loss does the softmax itself, so it would be applied **twice**.\n\n"
    "For the class neither is needed: $\\arg\\max_i z_i$ is the same.",
    f"# My answer\n\n{'wide' * 100}\n\n{WIDE}\n{'|---' * 12}|\n{WIDE}",
    '<span style="color: #eee; background: #fff">Pale words.</span> <b>and <i>more',
    f"$$\\sum_{{i=0}}^{{10}} {' + '.join(['e^{z_i}'] * 40)}$$\n\n    {'code ' * 60}",
    f"![](data:image/png;base64,{DOT})\n\n- one\n- two\n\n> quoted\n\n<script>alert(1)</script>",
    "Softmax keeps the order.",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The repository's own course, with an answer of each kind and one that is as released."""
    root = tmp_path_factory.mktemp("marking")
    for name in ("solutions", "assignments", "tests/hidden"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, root / name, ignore=ignored)
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, root)
    made = open_course(load(root))
    register(made, ASSIGNMENT)
    students = student_names(len(ANSWERS) + 1)
    graded_class(made, ASSIGNMENT, students)
    record = Record(made, ASSIGNMENT)
    for student, words in zip(students, ANSWERS, strict=False):
        marked = record.result(student)
        assert marked is not None
        notebook = json.loads(marked.notebook)
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == QUESTION:
                cell["source"] = words
        marked = dataclasses.replace(marked, notebook=json.dumps(notebook))
        record.put(student, entry(student, marked), marked)
    return made


@pytest.fixture(scope="module")
def page(course: Course) -> Path:
    """The page after some were marked; made before the browser starts."""
    question = question_of(course, ASSIGNMENT, QUESTION)
    sheet = write_sheet(course, question).sheet
    head, *rows = csv.reader(io.StringIO(sheet.read_text("utf-8-sig"), newline=""))
    for row in rows[:3]:
        row[head.index("keys")] = "loss-does-it no-order"
        row[head.index("comment")] = "See *chapter 3* once more."
    held = io.StringIO()
    csv.writer(held).writerows([head, *rows])
    sheet.write_text(held.getvalue(), encoding="utf-8", newline="")
    take_sheet(course, question, sheet)
    assert len(answers_of(course, question).marks.comments) == 1
    return write_sheet(course, question).page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_folded_or_open(
    page: Path, browser: Browser, scheme: Scheme
) -> None:
    opened = open_page(browser, page, scheme=scheme)
    folded = opened.axe()
    opened.open_all_folds()

    assert (folded, opened.axe()) == ([], [])


def test_on_a_phone_nothing_scrolls_sideways(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page)
    folded = opened.sideways_scroll(390)
    opened.open_all_folds()

    assert (folded, opened.sideways_scroll(390)) == (0, 0)


def test_in_the_dark_the_page_is_dark(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page, scheme="dark")

    color = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert color == "rgb(13, 17, 23)"


def test_all_is_there_without_a_script(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page)

    assert opened.page.locator("script").count() == 0
    assert opened.page.locator("article").count() == len(ANSWERS) + 1
    assert opened.page.locator("h1").inner_text() == "3-network, why-logits: 7 answers"
    assert "gradients all but vanish" in opened.page.locator("table").first.inner_text()


def test_a_link_leads_to_an_answer(page: Path, browser: Browser) -> None:
    opened = open_page(browser, page)
    opened.open_all_folds()
    link = opened.page.locator("nav a").last

    link.click()

    assert opened.page.locator(f'[id="{link.inner_text()}"]').is_visible()
