"""Grading and feedback pages with a bar, and a line for each result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.progress import Progress

from autograder.cli import show
from autograder.cli.shared import progress_bar

if TYPE_CHECKING:
    from autograder.classroom.regrading import Regraded
    from autograder.classroom.running import Told
    from autograder.course.course import Course


def graded_class(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    force: bool = False,
    new_versions: bool = False,
    wait: bool = False,
) -> list[Told]:
    """Each student's result, in the order of `students`; each is printed as it comes."""
    from autograder.classroom.grade import grade_class

    results: dict[str, Told] = {}
    with progress_bar() as bar:
        task = bar.add_task(f"grading {assignment}", total=len(students))
        try:
            say = partial(_say_above, bar)
            for told in grade_class(
                course,
                assignment,
                students,
                force=force,
                new_versions=new_versions,
                wait=wait,
                say=say,
            ):
                results[told.graded.student] = told
                if told.again and told.graded.report is not None:
                    continue
                if not told.unchanged:
                    bar.console.print(show.result_line(told.graded))
                bar.update(task, completed=len(results))
                bar.refresh()
        except KeyboardInterrupt:
            show.err.print(f"Stopped: {len(results)} of {len(students)} are graded and kept.")
            raise
    order = {student: place for place, student in enumerate(students)}
    return sorted(results.values(), key=lambda told: order[told.graded.student])


def regraded_class(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    dry_run: bool = False,
    allow_lower: bool = False,
    wait: bool = False,
) -> list[Regraded]:
    """What grading anew moves for each student, in the order of `students`."""
    from autograder.classroom.regrading import regrade

    found: list[Regraded] = []
    with progress_bar() as bar:
        task = bar.add_task(f"grading {assignment} anew", total=len(students))
        try:
            for one in regrade(
                course,
                assignment,
                students,
                dry_run=dry_run,
                allow_lower=allow_lower,
                wait=wait,
                say=partial(_say_above, bar),
            ):
                found.append(one)
                bar.advance(task)
                bar.refresh()
        except KeyboardInterrupt:
            kept = "nothing was written" if dry_run else "what is graded is kept"
            show.err.print(f"Stopped: {len(found)} of {len(students)} are graded, {kept}.")
            raise
    order = {student: place for place, student in enumerate(students)}
    return sorted(found, key=lambda one: order[one.student])


def _say_above(bar: Progress, text: str) -> None:
    bar.console.print(show.plain(text))
    bar.refresh()


def feedback_made(
    course: Course, assignment: str, students: Sequence[str], *, released: bool = False
) -> int:
    """How many pages could not be made; each of these is said."""
    from autograder.classroom.feedback import feedback_for

    failed = 0
    with progress_bar() as bar:
        task = bar.add_task(f"feedback on {assignment}", total=len(students))
        say = partial(_say_above, bar)
        for student, problem in feedback_for(
            course, assignment, students, released=released, say=say
        ):
            if problem is not None:
                failed += 1
                bar.console.print(show.plain(f"  {student}: {show.in_one_line(problem)}"))
            bar.advance(task)
            bar.refresh()
    return failed
