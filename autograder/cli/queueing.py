"""The verb for the queue of what needs a person."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli import show
from autograder.cli.shared import HERE, Assignment, CourseFolder, OneThing, app, course_in, say

if TYPE_CHECKING:
    from autograder.course.course import Course


@app.command()
def review(
    assignment: Assignment,
    course: CourseFolder = HERE,
    next_: Annotated[
        bool, typer.Option("--next", help="Only the next one, in full, and open it.")
    ] = False,
    mine: Annotated[
        str, typer.Option("--mine", help="Only what is dealt to this one of c.Review.graders.")
    ] = "",
    done: Annotated[
        list[str] | None, typer.Option("--done", help="You have looked at this; may be repeated.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="With --done: what you found.")] = "",
    sample: Annotated[
        int | None, typer.Option("--sample", help="Draw this many graded answers to read.")
    ] = None,
    verdicts: Annotated[
        Path | None, typer.Option("--verdicts", help="Say what a sample's verdicts mean.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="The queue, for a spreadsheet.")] = False,
    names: Annotated[
        bool, typer.Option("--names", help="With students' names; else as Formgrader numbers them.")
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open/--no-open", help="With --next: open it in the browser.")
    ] = True,
) -> None:
    """Show what needs a person, the most urgent first, and where to look.

    A page with links is made beside it. An answer to mark, a question, an override without a reason
    leave the queue when they are done; what only asks for a look leaves with --done, and comes back
    when the hand-in changes. --sample writes a CSV of graded answers, full marks included, with an
    empty column: fill in `right` or `wrong`, and --verdicts says how many grades are wrong.
    """
    if sum((bool(next_), bool(done), sample is not None, verdicts is not None, csv)) > 1:
        raise OneThing("--next, --done, --sample, --verdicts and --csv are for one run each.")
    opened = course_in(course)
    if verdicts is not None:
        from autograder.review.sample import verdict_on

        opened.require_assignment(assignment)
        say(verdict_on(verdicts))
    elif sample is not None:
        _draw(opened, assignment, sample, names=names)
    elif done:
        from autograder.review.queue import end_items
        from autograder.review.queue_page import one_line

        for item in end_items(opened, assignment, done, note=note):
            say(f"looked at: {one_line(item)}")
    else:
        _queue(opened, assignment, mine, csv=csv, next_=next_, open_=open_, names=names)


def _draw(course: Course, assignment: str, count: int, *, names: bool) -> None:
    from autograder.review.sample import write_sample

    path, of = write_sample(course, assignment, count, random.SystemRandom(), names=names)
    say(f"A sample of {min(count, of)} of {of} graded answers: {path}")
    say(f"Fill in its column verdict, then: autograder review {assignment} --verdicts {path}")


def _queue(
    course: Course,
    assignment: str,
    grader: str,
    *,
    csv: bool,
    next_: bool,
    open_: bool,
    names: bool,
) -> None:
    from autograder.review import queue_page
    from autograder.review.queue import queue_of

    queue = queue_of(course, assignment, grader=grader, names=names)
    if csv:
        sys.stdout.write(queue_page.as_csv(queue))
    elif next_ and queue.items:
        first = queue.items[0]
        for line in queue_page.item_lines(assignment, first):
            say(line)
        if open_ and first.formgrader and show.out.is_terminal:
            typer.launch(first.formgrader)
    else:
        for line in queue_page.queue_lines(queue):
            say(line)
        say(f"Page: {queue_page.write_queue_page(course, queue, grader)}")
