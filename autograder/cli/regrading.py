"""The verbs for grades that somebody questions: grading anew, and students' questions."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from autograder.cli.progress import regraded_class
from autograder.cli.shared import HERE, Assignment, CourseFolder, Students, app, course_in, say


@app.command()
def regrade(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would move, and change no grade.")
    ] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="Let released grades fall, too.")
    ] = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="A row for each exercise that moves, for a spreadsheet.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Where another process writes the course: wait for it.")
    ] = False,
) -> None:
    """Grade anew, changed or not, and show who gains or loses what, at which exercise, and why.

    A released grade falls only with --allow-lower; else the released result stays as a whole and
    what is held back is noted. Points and comments that people gave in Formgrader stay.
    """
    from autograder.classroom.grade import chosen_students
    from autograder.nbgrader_bridge.holding import allowing_command
    from autograder.review.moves import moves_csv, moves_lines

    opened = course_in(course)
    opened.require_assignment(assignment)
    students = chosen_students(opened, assignment, student or [])
    found = regraded_class(
        opened, assignment, students, dry_run=dry_run, allow_lower=allow_lower, wait=wait
    )
    if csv:
        sys.stdout.write(moves_csv(assignment, found))
    else:
        for line in moves_lines(found):
            say(line)
        for one in found:
            if one.effect.value == "held":
                say(f"To lower {one.student}: {allowing_command(assignment, one.student)}")
        if dry_run:
            say("Nothing was written: this was a dry run.")
        elif any(one.moved for one in found):
            say(f"Their pages are of before: autograder feedback {assignment} makes them anew.")
    if any(one.problem is not None for one in found):
        raise typer.Exit(1)
