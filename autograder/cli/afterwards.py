"""The verbs for what is graded already: they run no student's code and change no grade."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli import show
from autograder.cli.shared import (
    HERE,
    Assignment,
    CourseFolder,
    Students,
    app,
    course_in,
    patiently,
    say,
)


@app.command()
def status(
    assignment: Annotated[
        str | None, typer.Argument(help="One assignment; else a line for each.")
    ] = None,
    course: CourseFolder = HERE,
    csv: Annotated[
        bool, typer.Option("--csv", help="A row for each student, for a spreadsheet.")
    ] = False,
) -> None:
    """Show where submissions stand: missing, late, graded, waiting, pages made and released.

    Nothing is graded and nothing changes. Who is missing says nbgrader's students table.
    """
    from autograder.review.status import status as status_of
    from autograder.review.tables import as_csv, status_lines

    opened = course_in(course)
    names = [opened.require_assignment(assignment)] if assignment else opened.assignments()
    found = [status_of(opened, name) for name in names]
    if csv:
        sys.stdout.write(as_csv(found))
    elif assignment:
        for line in status_lines(found[0]):
            show.out.print(show.plain(line, 1000), soft_wrap=True)
    else:
        show.out.print(show.status_table(found))


@app.command()
def history(
    assignment: Assignment,
    student: Annotated[str, typer.Option("--student", "-s", help="Whose grade.")],
    course: CourseFolder = HERE,
) -> None:
    """Show how a grade came about: each grading and its reason, and what people have given."""
    from autograder.review.history import grade_history
    from autograder.review.tables import history_lines

    for line in history_lines(grade_history(course_in(course), assignment, student)):
        say(line)


@app.command("release-feedback")
def release_feedback(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = HERE,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Into this folder, as STUDENT/ASSIGNMENT; else the exchange."),
    ] = None,
    hold_unread: Annotated[
        bool, typer.Option("--hold-unread", help="Hold back what waits for a person.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go out, and change nothing.")
    ] = False,
) -> None:
    """Give feedback pages to students, through nbgrader's exchange or into a folder for each.

    Pages that are older than the grade are refused. The first release of an assignment ends its
    round: what is handed in from then on is asked other hidden inputs.
    """
    from autograder.classroom.grade import chosen_students
    from autograder.expect.printable import listed
    from autograder.review import releasing

    opened = course_in(course)
    chosen = chosen_students(opened, assignment, student or [])
    plan = releasing.planned(opened, assignment, chosen, hold_unread=hold_unread)
    if not dry_run:
        releasing.require_releasable(opened, plan, to)
    for line in releasing.in_words(plan):
        say(line)
    if dry_run:
        say("Nothing was released: this was a dry run.")
        return
    others: tuple[str, ...] = ()
    if to is not None:
        said = releasing.release_to_folder(opened, plan, to)
    else:
        others, said = releasing.release_to_exchange(opened, plan)
    if others:
        say(
            f"Not by the exchange, as these did not come through it: {listed(others)}. "
            f"Give them out with --to FOLDER."
        )
    if said:
        say(said)
    say(f"{assignment}: {len(plan.ready) - len(others)} pages released")


@app.command()
def report(
    assignment: Annotated[str, typer.Argument(help="One assignment; else the course.")] = "",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Without students' names, to show to others.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Write a page that shows what the class has not understood, from what is graded.

    What cost the most points comes first; then who lost what, exercises and checks by difficulty,
    known mistakes with an answer each, groups of unnamed ones, lateness, limits, and what has
    changed since the last report. `autograder stats` gives the same numbers as CSV or JSON.
    """
    from autograder.report.report import how_many, write_report

    opened = course_in(course)
    with patiently("reading results", how_many(opened, assignment)) as seen:
        path = write_report(opened, assignment, anonymous=anonymous, seen=seen)
    say(f"Report: {path}")


@app.command()
def stats(
    assignment: Annotated[str, typer.Argument(help="One assignment; else the course.")] = "",
    csv: Annotated[
        bool, typer.Option("--csv", help="One row a student, one column an exercise.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    table: Annotated[
        str,
        typer.Option(
            help="With --csv another table: distribution, exercises, checks, misconceptions, "
            "unnamed, promise, models, lateness, limits, not_understood."
        ),
    ] = "students",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Without students' names, to show to others.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Print the report's numbers: in sentences, as CSV or as JSON.

    What `autograder stats 1-tensors --csv` prints is for a spreadsheet; the columns of a course are
    its assignments. An empty cell waits for a person or was not handed in: it is not a 0.
    """
    from autograder.report.report import how_many, statistics_of
    from autograder.report.written import as_json

    opened = course_in(course)
    with patiently("reading results", how_many(opened, assignment)) as seen:
        found = statistics_of(opened, assignment, anonymous=anonymous, seen=seen)
    if json:
        typer.echo(as_json(found.data()))
    elif csv:
        typer.echo(found.csv(table), nl=False)
    else:
        for sentence in found.said:
            say(sentence)
