"""The verbs for grades that somebody questions: grading anew, and students' questions."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli import show
from autograder.cli.progress import regraded_class
from autograder.cli.shared import HERE, Assignment, CourseFolder, Students, app, course_in, say

if TYPE_CHECKING:
    from autograder.course.course import Course


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

    Where only the checks of some exercises have changed, these alone are asked. A released grade
    falls only with --allow-lower; else the released result stays as a whole, and what is held back
    is noted. Points and comments that people gave in Formgrader stay.
    """
    from autograder.classroom.grade import chosen_students
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
        for line in moves_lines(assignment, found):
            show.out.print(show.plain(line, 1_000), soft_wrap=True)
        if dry_run:
            say("Nothing was written: this was a dry run.")
        elif any(one.moved for one in found):
            say(f"Pages are older than these: autograder feedback {assignment} makes them anew.")
    if any(one.problem is not None for one in found):
        raise typer.Exit(1)


@app.command()
def request(
    assignment: Assignment,
    text: Annotated[str, typer.Argument(help="The student's question; else show questions.")] = "",
    student: Annotated[str, typer.Option("--student", "-s", help="Whose grade.")] = "",
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", help="The exercise or written answer.")
    ] = "",
    answer: Annotated[
        str | None, typer.Option("--answer", help="End the open question with this answer.")
    ] = None,
    after_closing: Annotated[
        bool, typer.Option("--after-closing", help="Note it although questions have closed.")
    ] = False,
    course: CourseFolder = HERE,
    wait: Annotated[
        bool, typer.Option("--wait", help="Where another process writes the course: wait for it.")
    ] = False,
) -> None:
    """Note a student's question about a grade, answer it, or show the open ones.

    With it is kept what was so: the points, what the page said, which hand-in was graded. Question
    and answer stand on the student's page, which `autograder feedback` makes anew.
    """
    from autograder.review import requests

    opened = course_in(course)
    opened.require_assignment(assignment)
    asks = bool(text)
    if asks and answer is not None:
        raise requests.NotNoted("Either a question or, with --answer, its answer is noted.")
    if (asks or answer is not None) and not (student and exercise):
        what = "A question" if asks else "An answer"
        fact = f"{what} needs its student and its exercise:"
        raise requests.NotNoted(f"{fact} --student STUDENT --exercise EXERCISE.")
    if not asks and answer is None:
        _show_requests(opened, assignment, student, exercise)
        return
    if answer is not None:
        requests.answer(opened, assignment, student, exercise, answer, wait=wait)
        say(f"{student}, {exercise}: answered")
    else:
        requests.ask(
            opened, assignment, student, exercise, text, after_closing=after_closing, wait=wait
        )
        say(f"{student}, {exercise}: noted")
    say(f"The page is older than that: autograder feedback {assignment} makes it anew.")


def _show_requests(course: Course, assignment: str, student: str, exercise: str) -> None:
    from autograder.review import requests

    if exercise and not student:
        raise requests.NotNoted("Name the student whose questions to show: --student STUDENT.")
    lines: Iterable[str]
    if not student:
        lines = requests.open_lines(assignment, requests.open_requests(course, assignment))
    else:
        found = requests.requests_of(course, assignment, student)
        chosen = [one for one in found if exercise in ("", one.exercise)]
        lines = (line for one in chosen for line in requests.request_lines(one))
        if not chosen:
            say(f"{student}: no question about {assignment}")
    for line in lines:
        show.out.print(show.plain(line, 5_000), soft_wrap=True)
