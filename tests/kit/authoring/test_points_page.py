"""docs/points.md: what each exercise's points are for, and what share of them each mistake loses.

Made of the check files and of the outcomes that `test_answers.py` holds to be true.
`AUTOGRADER_WRITE_OUTCOMES=1` writes it anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.points import read_worths, shares
from autograder.course.cells import source_points
from autograder.course.course import open_course
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
COURSE = open_course(load(ROOT))
PAGE = ROOT / "docs" / "points.md"
OUTCOMES = Path(__file__).with_name("outcomes")
MISTAKE = re.compile(r"mistake (\w+)/(\w+): ([0-9.]+) of ([0-9.]+)(.*)")

HEAD = """\
# What points are for, and what mistakes lose

Each check says which part of its exercise's points it is for
([how](checks.md#what-points-are-for)).
Below stand all known mistakes of the course, with the share of the points that they lose. Those
that pass their visible check stand in italics.
"""


def lost_by_mistakes(assignment: str) -> dict[str, dict[float, list[str]]]:
    """By exercise and share lost, the largest first, the mistakes."""
    found: dict[str, dict[float, list[str]]] = {}
    for line in (OUTCOMES / f"{assignment}.txt").read_text(encoding="utf-8").splitlines():
        match = MISTAKE.fullmatch(line)
        if match is not None:
            exercise, name, earned, of, rest = match.groups()
            share = round(1 - float(earned) / float(of), 2)
            shown = name.replace("_", " ")
            silent = rest.endswith("silent at home")
            found.setdefault(exercise, {}).setdefault(share, []).append(
                f"*{shown}*" if silent else shown
            )
    return {
        exercise: {share: sorted(names) for share, names in sorted(by_share.items(), reverse=True)}
        for exercise, by_share in found.items()
    }


def lines() -> Iterator[str]:
    yield HEAD
    for assignment in COURSE.assignments():
        yield f"## {assignment}\n"
        worths = read_worths(COURSE.checks_folder(assignment))
        lost = lost_by_mistakes(assignment)
        for exercise, points in source_points(COURSE.source_notebook(assignment)).items():
            parts = ", ".join(
                f"{part} {share:.0%}" for part, share in shares(worths[exercise]).items() if share
            )
            unit = "point" if points == 1 else "points"
            yield f"**{exercise}**, {points:g} {unit}: {parts}\n"
            yield "| lost | by |\n| --- | --- |"
            for share, names in lost[exercise].items():
                yield f"| {share:.0%} | {', '.join(names)} |"
            yield ""


def test_the_page_shows_what_each_mistake_loses() -> None:
    page = "\n".join(lines()).rstrip() + "\n"
    if os.environ.get("AUTOGRADER_WRITE_OUTCOMES"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")
