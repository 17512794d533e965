"""`verify`: an assignment's checks, tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from autograder.cli import show
from autograder.cli.shared import HERE, CourseFolder, OneThing, app, course_in, progress_bar

if TYPE_CHECKING:
    from autograder.course.course import Course

_WIDTH: Final = 600


@app.command()
def verify(
    assignment: Annotated[str, typer.Argument(help="The assignment; without it, all.")] = "",
    exercises: Annotated[
        list[str] | None, typer.Argument(help="Only the answers to these exercises.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes side by side; else one a CPU.")
    ] = None,
    mutants: Annotated[
        bool,
        typer.Option("--mutants", help="Small faults in the references instead: which survive?"),
    ] = False,
    checks: Annotated[
        bool,
        typer.Option("--checks", help="Hidden checks broken on purpose instead: who notices?"),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Try an assignment's checks: solution 100 %, stub 0, mistakes fail, variants pass."""
    from autograder.cli.checking import checks_broken
    from autograder.cli.mutating import mutants_tried

    if mutants and checks:
        raise OneThing("--mutants and --checks are two things.", "Ask for one after the other.")
    opened = course_in(course)
    names = [opened.require_assignment(assignment)] if assignment else opened.assignments()
    tried = mutants_tried if mutants else checks_broken if checks else _verified
    wrong = sum([tried(opened, name, exercises or [], jobs) for name in names])
    if wrong:
        raise typer.Exit(1)


def _verified(course: Course, assignment: str, exercises: Sequence[str], jobs: int | None) -> int:
    """How many of an assignment's notebooks and answers are not as they should be."""
    from autograder.authoring.cost import Cost
    from autograder.authoring.hints import HintCount
    from autograder.authoring.silent import SilentCount
    from autograder.authoring.verifying import exercises_of, how_many
    from autograder.authoring.verifying import verify as verify_checks

    hints, silent, cost = HintCount(), SilentCount(), Cost()
    seen = (hints.add, silent.add, cost.add)
    only = exercises_of(course, assignment, exercises)
    tried = wrong = 0
    with progress_bar() as bar:
        total = how_many(course, assignment, only)
        task = bar.add_task(f"trying {assignment}", total=total)
        for name, found in verify_checks(course, assignment, only, seen, jobs):
            tried += 1
            wrong += bool(found)
            bar.console.print(show.plain(f"  {'✗' if found else '✓'} {name}"))
            for line in found:
                show.out.print(show.plain(line, _WIDTH))
            bar.update(task, completed=tried)
    for line in [*hints.lines(), *cost.lines()]:
        show.err.print(show.plain(f"  {line}", _WIDTH))
    show.out.print(f"{assignment}: {tried} tried, {wrong} not as they should be")
    show.out.print(f"{assignment}: {hints.summary()}")
    show.out.print(f"{assignment}: {silent.summary()}")
    show.out.print(f"{assignment}: {cost.summary()}")
    return wrong
