"""Formulas on pages: MathML that nothing runs in, whatever their source holds."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from autograder.nbgrader_bridge.cleaning import page_html
from autograder.nbgrader_bridge.formulas import _ATTRIBUTES, _TAGS, mathml
from tests.kit.tags import tag_of

EVIL = '<img src=x onerror="alert(1)">'


def math_of(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").find_all("math")


@pytest.mark.parametrize(
    ("source", "words", "tags"),
    [
        ("Half: $\\tfrac{1}{2}w^2$.", "12w2", {"mfrac", "msup"}),
        ("$$\n\\frac{\\partial L}{\\partial w}\n$$", "∂L∂w", {"mfrac"}),
        ("\\begin{align}a &= b\\end{align}", "a=b(1)", {"mtable"}),
        ("$x_i < y$", "xi<y", {"msub"}),
    ],
)
def test_a_formula_is_mathml(source: str, words: str, tags: set[str]) -> None:
    (math,) = math_of(page_html(source))

    assert "".join(math.text.split()) == words
    assert tags <= {tag.name for tag in math.find_all(True)}


@pytest.mark.parametrize(
    "source",
    [
        "costs $5 and $6",
        "`$x$`",
        "$\\frac$",
        "$\\def\\a{b}\\a$",
        "$\\newcommand{\\a}{b}\\a$",
        f"${'x' * 1001}$",
        "${}$".replace("{}", "{" * 100 + "}" * 100),
    ],
    ids=lambda source: source[:20],
)
def test_what_is_no_formula_or_cannot_be_read_stays_text(source: str) -> None:
    html = page_html(source)

    assert math_of(html) == []
    assert BeautifulSoup(html, "html.parser").text.strip() == source.strip("`")


@pytest.mark.parametrize(
    "source",
    [
        f"$\\text{{{EVIL}}}$",
        f"$\\text{{{EVIL.replace('<', '&lt;')}}}$",
        "$\\href{javascript:alert(1)}{x}$",
        "$\\style{background:url(http://evil.example)}{x}$",
        "$\\class{evil}{x}$",
        f'![$\\text{{" onerror=alert(1) x="}}$](data:image/png;base64,AAAA) {EVIL}',
        f"$\\unknown{{{EVIL}}}$",
        f"$$ {EVIL} $$",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    ],
)
def test_nothing_in_a_formula_runs(source: str) -> None:
    page = BeautifulSoup(page_html(source), "html.parser")

    tags = page.find_all(True)
    assert [tag for tag in tags if any(name.startswith("on") for name in tag.attrs)] == []
    assert [tag for tag in tags if tag.name in ("script", "style", "iframe")] == []
    assert [tag for tag in tags if not str(tag.get("href", "#")).startswith("#")] == []
    assert [tag for tag in tags if "style" in tag.attrs or "class" in tag.attrs] == []


def test_a_formula_in_a_pictures_words_is_text() -> None:
    page = BeautifulSoup(page_html("![of $x$](data:image/png;base64,AAAA)"), "html.parser")

    assert tag_of(page, "img")["alt"] == "of $x$"


def test_of_many_formulas_the_first_ones_are_rendered() -> None:
    assert len(math_of(page_html("$x$ " * 300))) == 200


def test_the_mark_of_a_formula_cannot_be_written() -> None:
    html = page_html("formula-0123456789abcdef-0- $x$ formula-0-0-")

    assert len(math_of(html)) == 1
    assert "formula-0123456789abcdef-0-" in html


@given(st.text(st.sampled_from("\\{}$&<>\"'^_ab1= \n"), max_size=60))
def test_whatever_a_formula_holds_only_what_is_listed_comes_out(source: str) -> None:
    found = mathml(source, "inline")

    for tag in BeautifulSoup(found or "", "html.parser").find_all(True):
        assert tag.name in _TAGS
        assert tag.attrs.keys() <= _ATTRIBUTES
    assert re.search("[\"']", found or "") is None


def test_headings_stand_below_those_of_the_page_and_tables_in_a_box() -> None:
    page = BeautifulSoup(page_html("# One\n\n##### Five\n\n| a |\n|---|\n| 1 |\n"), "html.parser")

    assert [tag.name for tag in page.find_all(re.compile("h[1-6]"))] == ["h3", "h6"]
    box = tag_of(page, "table").parent
    assert box is not None
    assert box["class"] == ["wide"]
