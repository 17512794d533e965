"""`verify --mutants`: what survives, beside what the exercise says of it, and the scores."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder.cli import show
from autograder.cli.shared import progress_bar, say

if TYPE_CHECKING:
    from autograder.authoring.mutation import Judged, Mutation, Score
    from autograder.course.course import Course

_IN_ALL: Final = "all"


def mutants_tried(
    course: Course, assignment: str, exercises: Sequence[str], jobs: int | None
) -> int:
    """How many of an assignment's scores and equivalents are not as they should be; each survivor
    and each fault is printed, and the scores at the end.
    """
    from autograder.authoring.mutation import Mutation
    from autograder.authoring.verifying import exercises_of

    mutation = Mutation(course, assignment, exercises_of(course, assignment, exercises))
    judged = _judged(mutation, jobs)
    for one in mutation.survivors(judged):
        _show_survivor(mutation, one)
    scores = mutation.scores(judged)
    show.out.print(scores_table(assignment, scores))
    faults = [
        *map(str, mutation.untrue(judged)),
        *too_low(course, assignment, scores, whole=not exercises),
    ]
    for line in faults:
        show.err.print(show.plain(line, 600), soft_wrap=True)
    return len(faults)


def scores_table(assignment: str, scores: Mapping[str, Score]) -> Table:
    """The exercises' scores and the one of all, a line each."""
    table = Table(title=f"{assignment}: mutants", box=SIMPLE_HEAD, title_justify="left")
    table.add_column("exercise", no_wrap=True)
    for heading in ("mutants", "killed", "equivalent", "survived", "score"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, score in {**scores, _IN_ALL: _in_all(scores)}.items():
        numbers = (score.mutants, score.killed, score.equivalent, score.survived)
        table.add_row(name, *map(str, numbers), f"{score.share:.0%}")
    return table


def too_low(
    course: Course, assignment: str, scores: Mapping[str, Score], *, whole: bool = True
) -> list[str]:
    """A sentence for each score that is below what the settings ask for; of the one in all only
    where these exercises are the `whole` assignment.
    """
    wanted = course.settings.verifying
    found = [
        f"{assignment}, {name}: {score.share:.1%} of the mutants are noticed, and "
        f"Verifying.mutation_floor is {wanted.mutation_floor:.1%}."
        for name, score in scores.items()
        if score.share < wanted.mutation_floor
    ]
    share = _in_all(scores).share
    if whole and share < wanted.mutation_goal:
        found.append(
            f"{assignment}: {share:.1%} of all mutants are noticed, and "
            f"Verifying.mutation_goal is {wanted.mutation_goal:.1%}."
        )
    return found


def _in_all(scores: Mapping[str, Score]) -> Score:
    return functools.reduce(operator.add, scores.values())


def _judged(mutation: Mutation, jobs: int | None) -> list[Judged]:
    """All mutants, tried, under a bar; those that were known count from the beginning."""
    found: list[Judged] = []
    with progress_bar() as bar:
        task = bar.add_task(f"mutants of {mutation.assignment}", total=mutation.count)
        try:
            for one in mutation.judged(jobs):
                found.append(one)
                bar.update(task, completed=len(found))
                bar.refresh()
        except KeyboardInterrupt:
            show.err.print(f"Stopped: {len(found)} of {mutation.count} are tried and kept.")
            raise
    return found


def _show_survivor(mutation: Mutation, one: Judged) -> None:
    """A mutant that no check has noticed: where, its lines, and what the docstring says of it."""
    mutant = one.mutant
    say(f"{one.exercise}, line {mutant.line_number} ({mutant.kind}): {one.fate} {one.by}".rstrip())
    for line in mutant.diff.splitlines():
        say(f"    {line}")
    for line in mutation.promised(one):
        say(f"    | {line}")
