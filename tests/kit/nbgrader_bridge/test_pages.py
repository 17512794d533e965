"""Feedback pages: what a browser makes of them, and what they do not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.checks.secret_random import SecretRandom
from autograder.course.rounds import seed
from autograder.nbgrader_bridge import pages
from autograder.nbgrader_bridge.pages import clean_html, safe_markdown2html
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, HINT, Mini
from tests.kit.nbgrader_bridge.sample_class import (
    BRACKETS,
    EVIL,
    HOSTILE_HTML,
    HOSTILE_MARKDOWN,
    ClassRun,
)
from tests.kit.tags import tag_of

RUNS = ["script", "iframe", "frame", "object", "embed", "svg", "math", "applet", "base", "form"]
FETCHES = {"src", "srcset", "data", "poster", "background", "action", "formaction", "srcdoc"}
HARMLESS_LINK = re.compile(r"(https?://|mailto:|#)")


def harm(page: BeautifulSoup) -> Iterator[str]:
    """What in a page could run, or could fetch something from elsewhere."""
    for tag in page.find_all(True):
        assert isinstance(tag, Tag)
        if tag.name in RUNS or (tag.name in ("link", "button", "input") and tag.attrs):
            yield str(tag)[:200]
        if tag.name == "meta" and str(tag.get("http-equiv", "")).lower() == "refresh":
            yield str(tag)
        if tag.name == "style" and ("@import" in tag.text or EVIL in tag.text):
            yield str(tag)[:200]
        for name, value in tag.attrs.items():
            text = str(value)
            on_page = text.startswith("data:image/")
            link = name == "href" and not HARMLESS_LINK.match(text)
            fetch = name in FETCHES and not on_page
            style = name == "style" and "url" in text.lower()
            if name.startswith("on") or link or fetch or style or "javascript:" in text.lower():
                yield f"{tag.name} {name}={text[:200]}"


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("text", [HOSTILE_HTML, HOSTILE_MARKDOWN])
@pytest.mark.parametrize("clean", [clean_html, safe_markdown2html])
def test_hostile_text_is_cleaned(clean: Callable[[str], str], text: str) -> None:
    assert list(harm(parsed(text)))

    assert list(harm(parsed(clean(text)))) == []


def test_what_a_student_writes_harmlessly_is_kept() -> None:
    html = safe_markdown2html(
        "# Title\n\n**bold** and `code`, $x^2$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "[docs](https://pytorch.org)\n\n```python\nx < 1\n```\n"
    )

    page = parsed(html)

    assert tag_of(page, "strong").text == "bold"
    assert tag_of(page, "td").text == "1"
    assert tag_of(page, "a", href="https://pytorch.org").text == "docs"
    assert "x < 1" in page.text
    assert "x^2" in page.text


@pytest.mark.parametrize("stock", [False, True], ids=["ours", "stock"])
@pytest.mark.parametrize("student", ["mallory", "ada", "boom", "ben", "text"])
def test_nothing_in_a_page_runs_or_is_fetched(
    class_run: ClassRun, student: str, stock: bool
) -> None:
    page = class_run.page(student, stock=stock)

    assert list(harm(page)) == []


def test_a_page_forbids_scripts_and_fetching_before_all_else(class_run: ClassRun) -> None:
    page = class_run.page("ada")

    tags = [tag for tag in tag_of(page, "head").find_all(True) if tag.name != "title"]
    policy = str(tag_of(page, "meta", attrs={"http-equiv": "Content-Security-Policy"})["content"])

    assert [tag.get("http-equiv") for tag in tags[:2]] == [None, "Content-Security-Policy"]
    assert tags[0].get("charset") == "utf-8"
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy


@pytest.mark.parametrize("student", ["mallory", "ada", "warns", BRACKETS])
def test_a_page_is_whole_and_shows_the_points(class_run: ClassRun, student: str) -> None:
    text = class_run.ours.read("feedback", student, ASSIGNMENT, f"{ASSIGNMENT}.html")
    report = class_run.graded[student].report
    assert report is not None

    blocks = parsed(text).find_all("div", class_="autograder-report")

    assert text.rstrip().endswith("</html>")
    assert [tag_of(block, "strong").text for block in blocks] == [
        f"{e.exercise}: {e.points:g} of {e.max_points:g} point{'s' * (e.max_points != 1)}"
        for e in report.exercises
    ]


def test_a_page_shows_what_was_printed_as_text(class_run: ClassRun) -> None:
    text = class_run.page("mallory").get_text()

    assert "</pre></div><script>window.owned = 1</script>" in text


def test_a_page_shows_hints(class_run: ClassRun) -> None:
    assert f"Hint: {HINT}" in class_run.page("files").get_text()


def test_a_page_shows_the_comment_of_a_ta(class_run: ClassRun) -> None:
    assert "Well done." in class_run.page("ada").get_text()


def hidden_numbers(mini: Mini) -> list[str]:
    """The values that the checks of transpose and total handed to students' functions."""
    secret = seed(mini.course, ASSIGNMENT)
    streams = [SecretRandom(secret, f"{ASSIGNMENT}:{name}") for name in ("test_swaps_the_axes",)]
    streams.append(SecretRandom(secret, f"{ASSIGNMENT}:test_adds_all"))
    tensors = [stream.tensor(2, 3) for stream in streams]
    values = [x for tensor in tensors for x in (*tensor.flatten().tolist(), tensor.sum().item())]
    return [f"{abs(x):.9f}"[:7] for x in values]


@pytest.mark.parametrize("student", ["mallory", "files", "ben", "loop"])
def test_no_page_holds_a_hidden_value_or_the_source_of_a_check(
    class_run: ClassRun, student: str
) -> None:
    html = class_run.ours.read("feedback", student, ASSIGNMENT, f"{ASSIGNMENT}.html")

    assert [number for number in hidden_numbers(class_run.ours) if number in html] == []
    assert "rng.tensor" not in html
    assert "HIDDEN TESTS" not in html
    assert str(class_run.ours.root) not in html


def test_no_page_holds_a_solution_that_its_student_has_not_written(class_run: ClassRun) -> None:
    text = class_run.page("ben").get_text()

    assert [code for code in ANSWERS.values() if code.partition("\n")[2].strip() in text] == []


def test_a_ta_finds_the_hidden_values_in_checks_json(class_run: ClassRun) -> None:
    text = class_run.ours.read("autograded", "mallory", ASSIGNMENT, "checks.json")

    assert any(number in text for number in hidden_numbers(class_run.ours))


def shown(*cells: NotebookNode) -> NotebookNode:
    """The cells as a page shows them."""
    made, _ = pages.SanitizeOutputs()(new_notebook(cells=list(cells)), {})
    return made


def displayed(html: str) -> NotebookNode:
    data = {"text/html": html, "text/plain": "in words"}
    return new_code_cell("", outputs=[new_output("display_data", data=data)])


def test_a_long_text_of_a_students_is_cut_and_said() -> None:
    made = shown(new_code_cell("x" * 1_000_000), new_markdown_cell("[" * 1_000_000))

    for cell in made.cells:
        assert len(cell.source) < 21_000
        assert cell.source.endswith("… [cut here: 1,000,000 characters in all]")


def test_code_beyond_what_is_coloured_is_text() -> None:
    colour = pages._Colours("ipython3")
    long = [f"{name} = f(1, '<b>')\n" * 1000 for name in "abcdefgh"]

    made = [colour(source) for source in long]

    assert [parsed(html).text.strip() for html in made] == [source.strip() for source in long]
    assert ["<span" in html for html in made] == [True] * 2 + [False] * 6
    assert "<b>" not in "".join(made)


def test_many_texts_of_a_students_are_cut_too() -> None:
    made = shown(*[new_code_cell("x" * 19_000) for _ in range(200)])

    assert sum(len(cell.source) for cell in made.cells) < 320_000


def test_html_that_takes_long_to_clean_is_shown_in_words() -> None:
    made = shown(displayed("<ul><li>" * 20_000), displayed("<b>short</b>"))

    assert [dict(cell.outputs[0].data) for cell in made.cells] == [
        {"text/plain": "in words"},
        {"text/html": "<b>short</b>"},
    ]


def test_what_the_course_wrote_is_shown_whole() -> None:
    locked = {"nbgrader": {"locked": True, "grade_id": "text", "grade": False}}

    made = shown(new_markdown_cell("x" * 50_000, metadata=locked))

    assert made.cells[0].source == "x" * 50_000


def test_blanks_at_the_ends_of_lines_are_not_coloured() -> None:
    assert shown(new_code_cell("if x:  \n\t\n\ty\t\n")).cells[0].source == "if x:\n\n\ty\n"


def test_a_students_name_is_text_in_formgrader() -> None:
    name = "<img src=x onerror=alert(1)>"

    _, resources = pages.SanitizeOutputs()(new_notebook(), {"student": name, "last_name": None})

    assert resources == {"student": "&lt;img src=x onerror=alert(1)&gt;", "last_name": None}
