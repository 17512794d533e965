"""What is alike, as lines for a terminal, as rows for a spreadsheet, and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autograder.course.course import Course
from autograder.expect.printable import listed, printable
from autograder.files import write_whole
from autograder.nbgrader_bridge.export import csv_text
from autograder.review.alike import Alike
from autograder.review.likeness import FEWEST_ANSWERS, FEWEST_LINES
from autograder.review.pages import rendered

COLUMNS: Final = (
    *("assignment", "student", "other", "score", "in_assignment", "exercise"),
    *("line", "code", "other_line", "other_code", "said"),
)
MEANS: Final = (
    "What it means: two people's answers have more in common than answers of this class usually "
    "have, in what few others wrote. What it does not mean: that anybody copied, or who from whom. "
    "Working together, one tutorial or one AI assistant for both look the same. Read both answers, "
    "and ask both students, before anything follows from it. No points change."
)
_MOST_NAMED: Final = 12
_WIDTH: Final = 400


def of_how_much(found: Alike) -> Iterator[str]:
    """What was compared, what was not, and why."""
    compared = [exercise for name, exercise in found.compared if name == found.assignment]
    others = len(found.compared) - len(compared)
    yield (
        f"{found.assignment}: {found.students} students, {len(compared)} of its exercises "
        f"({_named(compared)}) and {others} of other assignments were compared."
    )
    short = [exercise for name, exercise in found.left_out if name == found.assignment]
    if short:
        yield (
            f"Left out, as most answers have fewer than {FEWEST_LINES} lines and are alike by "
            f"nature: {_named(short)}."
        )
    few = [exercise for name, exercise in found.too_few if name == found.assignment]
    if few:
        yield (
            f"Left out, as fewer than {FEWEST_ANSWERS} answers do not say what is usual: "
            f"{_named(few)}."
        )
    if found.not_graded:
        yield f"Not graded, and so not compared: {_named(found.not_graded)}."
    for why in found.unreadable[:_MOST_NAMED]:
        yield f"Not compared: {why}."
    if len(found.unreadable) > _MOST_NAMED:
        yield f"Not compared, too: {len(found.unreadable) - _MOST_NAMED} more."


def _named(names: list[str] | tuple[str, ...]) -> str:
    return listed([printable(name) for name in names], _MOST_NAMED) or "none"


def in_short(found: Alike) -> str:
    """How many pairs there are."""
    if not found.pairs:
        return "No pair is alike beyond chance."
    count = len(found.pairs)
    return (
        f"{count} pair is alike beyond chance."
        if count == 1
        else (f"{count} pairs are alike beyond chance.")
    )


def as_csv(found: Alike) -> str:
    """A row for each line that stands in both answers; no cell of it computes."""
    return csv_text(COLUMNS, _rows(found))


def _rows(found: Alike) -> Iterator[tuple[object, ...]]:
    for pair in found.pairs:
        for passage in pair.exercises:
            for left, right in passage.matched:
                yield (
                    *(found.assignment, pair.one, pair.other, f"{pair.score:.2f}"),
                    *(passage.assignment, passage.exercise),
                    *(left + 1, passage.left[left].text, right + 1, passage.right[right].text),
                    pair.said,
                )


def write_page(course: Course, found: Alike) -> Path:
    """Writes the page with both answers side by side, and gives its place."""
    path = course.reports / f"alike-{found.assignment}.html"
    text = rendered(
        "alike",
        {"shown": lambda text: printable(text.replace("\t", "    "), _WIDTH)},
        found=found,
        short=in_short(found),
        how_much=list(of_how_much(found)),
        means=MEANS,
        made=datetime.now(UTC),
    )
    # It names students with their code: whoever may not read the gradebook's secrets may not.
    write_whole(path, text, course.secret_mode)
    return path
