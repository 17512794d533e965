"""The verbs by which people grade: what checks cannot judge, marked question by question."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.shared import (
    HERE,
    Assignment,
    CourseFolder,
    OneThing,
    app,
    course_in,
    patiently,
    say,
)

if TYPE_CHECKING:
    from autograder.review.answers import Answers
    from autograder.review.marking import Taken, Written


@app.command()
def mark(
    assignment: Assignment,
    question: Annotated[str, typer.Argument(help="The question, such as why-logits.")],
    course: CourseFolder = HERE,
    sheet: Annotated[
        Path | None, typer.Option("--from", help="Take the marks of this CSV.")
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Give everybody what the rubric says by now.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="Write CSV and page into this folder.")
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Say whose answer has this id.")] = "",
) -> None:
    """Mark everybody's answer to one question: a CSV to fill in, and a page to read them on.

    Answers have no names and an order of their own. In the CSV, choose lines of the rubric
    (tests/hidden/ASSIGNMENT/rubrics/QUESTION.toml) and earlier comments by their keys, give points
    and write a comment; --from takes it back, all of it or, where a row is wrong, nothing. Points
    and comments are nbgrader's own: Formgrader shows them, and what is changed there wins.
    """
    from autograder.review import marking
    from autograder.review.answers import how_many, question_of, student_of

    if sum((sheet is not None, renew, to is not None, bool(who))) > 1:
        raise OneThing("--from, --renew, --to and --who are for one run each.")
    opened = course_in(course)
    asked = question_of(opened, assignment, question)
    if who:
        say(student_of(opened, asked, who))
        return
    with patiently("reading answers", how_many(opened, assignment)) as seen:
        if sheet is not None:
            lines = _taken(marking.take_sheet(opened, asked, sheet, seen), "marked")
        elif renew:
            lines = _taken(marking.renew(opened, asked, seen), "renewed")
        else:
            lines = _written(marking.write_sheet(opened, asked, to, seen))
    for line in lines:
        say(line)


def _taken(taken: Taken, verb: str) -> Iterator[str]:
    yield from taken.said
    parts = [f"{taken.marked} {verb}"]
    parts += [f"{taken.unmarked} without points"] if taken.unmarked else []
    yield ", ".join([*parts, f"{taken.unchanged} unchanged", f"{taken.waiting} still to mark"])


def _written(written: Written) -> Iterator[str]:
    from autograder.review.marking import renewals

    found = written.answers
    question = found.question
    command = f"autograder mark {question.assignment} {question.name}"
    yield f"{question.assignment}, {question.name}: {_counts(found)}"
    yield from _left_out(found)
    new = renewals(found)
    yield from new.said
    if new.marks:
        count = len(new.marks)
        yield f"{count} {'answer has' if count == 1 else 'answers have'} it: {command} --renew"
    yield f"CSV: {written.sheet}"
    yield f"Page: {written.page}"
    if found.answers:
        yield f"When you have marked in the CSV: {command} --from {shlex.quote(str(written.sheet))}"


def _counts(found: Answers) -> str:
    from autograder.review.answers import State

    if not found.answers:
        return "no answers yet"
    counts = ((len(found.of(state)), state.value) for state in State)
    return ", ".join(f"{count} {state}" for count, state in counts if count)


def _left_out(found: Answers) -> Iterator[str]:
    for name in found.question.strays:
        place = f"tests/hidden/{found.question.assignment}/rubrics"
        yield f"No question has the name of the rubric {name} in {place}."
    grade = f"autograder grade {found.question.assignment}"
    if found.to_grade:
        yield f"Not graded yet, so not among them: {found.to_grade}. Run: {grade}"
    if found.handed_in_again:
        yield f"Handed in again, here with an earlier answer: {found.handed_in_again}. Run: {grade}"
    if found.unread:
        yield f"Waiting for a person as a whole, so not among them: {found.unread}."
