"""The top of a student's page as HTML: every text is escaped by the templates, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.feedback import sentences
from autograder.feedback.block import Audience, heaviest_first, points
from autograder.feedback.charts import Training, training
from autograder.feedback.gaps import Side, alone, sides
from autograder.feedback.page import Item, Page
from autograder.results import CheckResult, Gap, Outcome

_TEMPLATES = Path(__file__).parent / "templates"
# How many findings of one exercise stand open; the others are folded.
_OPEN_FINDINGS = 2
BEGIN_WITH = "begin with those."
"""So ends the hint of a check that other checks of the exercise come before: docs/checks.md."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clean:
    """What makes HTML of a student's code and of Markdown, nothing of which may run."""

    code: Callable[[str], str]
    text: Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Finding:
    """What several checks of an exercise found alike."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    hint: str
    gap: Gap | None

    @property
    def sides(self) -> tuple[Side, Side] | None:
        return None if self.gap is None else sides(self.gap)

    @property
    def inputs(self) -> list[tuple[str, Side]]:
        return [] if self.gap is None else [(name, alone(one)) for name, one in self.gap.inputs]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Card:
    """An exercise that lost points, as it is shown. `first` stand open, `folded` do not."""

    item: Item
    hint: str
    first: tuple[_Finding, ...]
    folded: tuple[_Finding, ...]


def page_top(page: Page, clean: Clean) -> str:
    """All that stands above the notebook."""
    environment = _environment()
    return environment.get_template("page.html.j2").render(
        page=page,
        cards=[_card(item, page.audience) for item in page.lost],
        trainings=list(_trainings(page)),
        code=lambda text: Markup(clean.code(text)),  # noqa: S704 - escaped by who colours it
        text=lambda text: Markup(clean.text(text)),  # noqa: S704 - cleaned by who renders it
        words=sentences,
        points=points,
    )


def questions_html(item: Item, clean: Clean) -> str:
    """What a student has asked about an exercise's grade, and the answers; "" for nothing."""
    return (
        _environment()
        .get_template("questions.html.j2")
        .render(
            questions=item.questions,
            text=lambda text: Markup(clean.text(text)),  # noqa: S704 - cleaned by who renders it
        )
        .strip()
    )


def first_words_of(item: Item, page: Page) -> str:
    """The first sentence that a page says of why an exercise lost points, "" where it lost none."""
    if item.points is None:
        return sentences.waiting(page)
    if item.by_hand:
        return sentences.by_hand(item)
    if item.unanswered:
        return "Not answered yet."
    card = _card(item, page.audience)
    found = (finding.words[0] for finding in (*card.first, *card.folded))
    return next(found, "") if item.lost else ""


def page_style() -> str:
    """The style sheet of the whole page, the notebook included."""
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _card(item: Item, audience: Audience) -> _Card:
    named = item.result.diagnosis.hint if item.result and item.result.diagnosis else None
    hint = str(named) if named and audience.show_hints else ""
    found = list(_each_hint_once(_findings(item, audience, hints=not hint)))
    return _Card(
        item=item,
        hint=hint,
        first=tuple(found[:_OPEN_FINDINGS]),
        folded=tuple(found[_OPEN_FINDINGS:]),
    )


def _findings(item: Item, audience: Audience, *, hints: bool) -> Iterator[_Finding]:
    """What the checks found, alike ones together, what costs most first; behind all others what
    only says to begin with these.
    """
    alike: dict[Any, list[CheckResult]] = {}
    for check in item.result.checks if item.result else ():
        if check.credit < 1:
            alike.setdefault(_what(check, audience, hints=hints), []).append(check)
    order = sorted(
        alike.items(),
        key=lambda pair: (
            BEGIN_WITH in pair[0][1],
            min(map(heaviest_first, pair[1])),
            pair[1][0].gap is None,
        ),
    )
    for (words, hint, _gap), checks in order:
        yield _Finding(
            titles=tuple(check.check.title for check in checks),
            words=words,
            hint=hint,
            gap=checks[0].gap,
        )


def _each_hint_once(findings: Iterable[_Finding]) -> Iterator[_Finding]:
    """The findings, without a hint that one before them has given."""
    given: set[str] = set()
    for finding in findings:
        yield replace(finding, hint="") if finding.hint in given else finding
        given.add(finding.hint)


def _what(
    check: CheckResult, audience: Audience, *, hints: bool
) -> tuple[tuple[str, ...], str, str]:
    """What a check tells. Where a gap is shown, it stands in the place of the hidden check's words,
    but for values that the course shows. One exception is one finding, whatever the inputs were.
    """
    said = audience.is_told(check)
    if check.gap is not None and not audience.show_values:
        said = [check.gap.fact]
    shows_hint = check.hint and hints and audience.show_hints
    hint = str(check.hint) if shows_hint else ""
    gap = "" if check.outcome is Outcome.ERROR else repr(check.gap)
    return tuple(said or [check.outcome.value]), hint, gap


def _trainings(page: Page) -> Iterator[tuple[str, Training]]:
    for item in page.items:
        found = training(item.for_page)
        if found is not None:
            yield item.name, found
