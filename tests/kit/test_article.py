"""docs/article.md finds every item of the article in an exercise that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "article.md"
ASSIGNMENTS = ("1-tensors", "2-data", "3-network", "4-training", "5-saving")

_NAMES = r"`[\w-]+`(?:, `[\w-]+`)*"
_PLACE = re.compile(rf"`(?P<assignment>\d-[a-z]+)` · (?P<exercises>{_NAMES})")


def rows() -> list[list[str]]:
    """The cells of each row of the page's tables, without heads and rules."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if "assignment · exercise" not in row[-1] and row[0] != "---"]


def places() -> Iterator[tuple[str, str]]:
    """Each exercise that the page names, with its assignment."""
    for row in rows():
        found = _PLACE.fullmatch(row[-1])
        assert found, f"docs/article.md: {' | '.join(row)} ends in no exercise"
        for exercise in re.findall(r"`([\w-]+)`", found["exercises"]):
            yield found["assignment"], exercise


def exercises_of(assignment: str) -> set[str]:
    """The grade_ids of a source notebook's solution cells."""
    path = REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    graded = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return {about["grade_id"] for about in graded if about.get("solution")}


def written() -> list[str]:
    """The assignments of the article that have a source notebook."""
    folder = REPOSITORY / "solutions"
    return [name for name in ASSIGNMENTS if (folder / name / f"{name}.ipynb").is_file()]


def test_every_row_ends_in_an_exercise_of_a_known_assignment() -> None:
    named = {assignment for assignment, _ in places()}

    assert named == set(ASSIGNMENTS)


@pytest.mark.parametrize("assignment", written())
def test_the_exercises_that_the_page_names_exist(assignment: str) -> None:
    named = {exercise for where, exercise in places() if where == assignment}

    assert named - exercises_of(assignment) == set()


@pytest.mark.parametrize(
    ("assignment", "beyond_the_article"),
    [("1-tensors", set()), ("4-training", {"confusion_matrix"}), ("5-saving", set())],
)
def test_the_page_leaves_out_no_exercise(assignment: str, beyond_the_article: set[str]) -> None:
    named = {exercise for where, exercise in places() if where == assignment}

    assert exercises_of(assignment) - named == beyond_the_article
