"""The report as one page that needs nothing else: no script, no file beside it, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from autograder.feedback.block import points
from autograder.report.findings import Finding, findings_of, summary, understood
from autograder.report.numbers import Numbers
from autograder.report.sections import Section, Told, sections_of, sections_of_course

_MOST_FINDINGS: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """An assignment on the page of a course."""

    heading: str
    said: str
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """All that a page shows, in its order."""

    title: str
    said: tuple[str, ...]
    findings: tuple[Finding, ...]
    more_findings: int
    made: datetime
    names_assignments: bool
    sections: tuple[Section, ...]
    chapters: tuple[Chapter, ...] = ()


def assignment_page(told: Told, made: datetime, *, anonymous: bool = False) -> str:
    """The page of one assignment."""
    found = findings_of(told.numbers)
    return _rendered(
        Page(
            title=told.facts.assignment,
            said=_said(told.numbers),
            findings=tuple(found[:_MOST_FINDINGS]),
            more_findings=len(found[_MOST_FINDINGS:]),
            made=made,
            names_assignments=False,
            sections=tuple(sections_of(told, "a", anonymous)),
        )
    )


def course_page(
    whole: Told, each: Sequence[Told], made: datetime, *, anonymous: bool = False
) -> str:
    """The page of a course: all assignments together, then each of them folded."""
    found = [one for told in each for one in findings_of(told.numbers)]
    found.sort(key=lambda one: (-one.points_lost, one.assignment, one.exercise))
    chapters = (
        Chapter(
            heading=told.facts.assignment,
            said=summary(told.numbers),
            findings=tuple(findings_of(told.numbers)[:_MOST_FINDINGS]),
            sections=tuple(sections_of(told, f"a{number}", anonymous)),
        )
        for number, told in enumerate(each, 1)
    )
    names = ", ".join(told.facts.assignment for told in each)
    return _rendered(
        Page(
            title="The course",
            said=(f"{whole.numbers.graded} students, {len(each)} assignments: {names}.",),
            findings=tuple(found[:_MOST_FINDINGS]),
            more_findings=len(found[_MOST_FINDINGS:]),
            made=made,
            names_assignments=True,
            sections=tuple(sections_of_course(whole, anonymous)),
            chapters=tuple(chapters),
        )
    )


@cache
def _template() -> Template:
    folder = Path(__file__).with_name("templates")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = points
    return environment.get_template("report.html.j2")


def _rendered(page: Page) -> str:
    return _template().render(page=page)


def _said(numbers: Numbers) -> tuple[str, ...]:
    fine = understood(numbers)
    return (
        summary(numbers),
        *([f"Everybody got all points in {', '.join(fine)}."] if fine else []),
    )
