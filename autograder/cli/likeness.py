"""The verb that shows what is alike beyond chance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table

from autograder.cli import show
from autograder.cli.shared import HERE, Assignment, CourseFolder, app, course_in, patiently, say

if TYPE_CHECKING:
    from autograder.review.alike import Pair, Passage

_MOST_PAIRS: Final = 10
_MOST_LINES: Final = 12


@app.command()
def alike(
    assignment: Assignment,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            "--earlier",
            help="An earlier year's notebooks, or its folder submitted/; may be repeated.",
        ),
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="A row for each shared line, for a spreadsheet.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Show pairs of students whose answers are alike beyond chance: information, never points.

    Compared are answers in code, of graded hand-ins, over all assignments of the course, without
    what was given, the reference's code and short exercises. What is usual in this class counts for
    little. A page with both answers side by side is written; `autograder review` lists the pairs.
    """
    from autograder.review import alike_told as told
    from autograder.review.alike import alike as alike_in
    from autograder.review.alike import answers_of, how_many, with_earlier
    from autograder.review.alike_kept import keep_comparison
    from autograder.review.earlier_years import earlier_answers, files_of

    opened = course_in(course)
    opened.require_assignment(assignment)
    files = files_of(earlier or [])
    with patiently("reading answers", how_many(opened) + len(files)) as seen:
        answers = answers_of(opened, seen)
        if files:
            old = earlier_answers(opened, files, seen)
            answers = with_earlier(answers, old.codes, old.unreadable)
    with patiently("comparing answers", sum(map(len, answers.codes.values()))) as seen:
        found = alike_in(answers, assignment, seen)
    keep_comparison(opened, found)
    if csv:
        sys.stdout.write(told.as_csv(found))
        return
    for line in (*told.of_how_much(found), told.in_short(found)):
        say(line)
    for pair in found.pairs[:_MOST_PAIRS]:
        _show(pair)
    if len(found.pairs) > _MOST_PAIRS:
        say(f"… and {len(found.pairs) - _MOST_PAIRS} more pairs: the page and --csv have them all")
    if found.pairs:
        say(told.MEANS)
    say(f"Page: {told.write_page(opened, found)}")


def _show(pair: Pair) -> None:
    show.out.print()
    show.out.print(show.plain(pair.said, 1000), soft_wrap=True)
    for passage in pair.exercises:
        show.out.print(_side_by_side(pair, passage))


def _side_by_side(pair: Pair, passage: Passage) -> Table:
    """The lines that stand in both answers."""
    lines = passage.shared_lines
    more = len(lines) - _MOST_LINES
    table = Table(
        title=show.plain(f"{passage.assignment}, {passage.exercise}"),
        caption=f"… and {more} more lines" if more > 0 else None,
        title_justify="left",
        caption_justify="left",
    )
    for who in (pair.one, pair.other):
        table.add_column(show.plain(who, 40), overflow="fold", ratio=1)
    for left, right in lines[:_MOST_LINES]:
        table.add_row(*(show.plain(text.expandtabs(4), 200) for text in (left, right)))
    return table
