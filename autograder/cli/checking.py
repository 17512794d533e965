"""`verify --checks`: checks broken on purpose, with a bar, and the lines that nothing needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from autograder.cli import show
from autograder.cli.shared import progress_bar

if TYPE_CHECKING:
    from autograder.course.course import Course

_WIDTH: Final = 600


def checks_broken(
    course: Course, assignment: str, exercises: Sequence[str], jobs: int | None
) -> int:
    """How many lines of an assignment's checks nothing needs, 0 where these are few enough."""
    from autograder.authoring.checking import Checking
    from autograder.authoring.mutation import Mutation
    from autograder.authoring.unneeded import Checked, lines_of
    from autograder.authoring.verifying import exercises_of

    only = exercises_of(course, assignment, exercises)
    mutants = Mutation(course, assignment, only).known_killed()
    checking = Checking(course, assignment, only, mutants)
    lines_of(checking.files, [])  # A reason that says nothing is told before an hour is over.
    found: list[Checked] = []
    with progress_bar() as bar:
        task = bar.add_task(f"breaking {assignment}", total=len(checking.versions))
        try:
            for one in checking.results(jobs):
                found.append(one)
                if not one.by:
                    place = f"{one.broken.file}:{one.broken.line}"
                    line = f"  ✗ {place}: {one.broken.text} ({one.broken.done})"
                    bar.console.print(show.plain(line, _WIDTH))
                bar.update(task, completed=len(found))
        except KeyboardInterrupt:
            kept = f"{len(found)} of {len(checking.versions)} are tried and kept"
            show.err.print(f"Stopped: {kept}.")
            raise
    for line in checking.left_out:
        show.err.print(show.plain(f"  {line}: it was not asked", _WIDTH))
    lines = lines_of(checking.files, found)
    if lines.unneeded and not any(mutants.values()):
        show.err.print("  No mutant was asked: try them first, with --mutants.")
    for unneeded in lines.unneeded:
        show.out.print(show.plain(f"{unneeded}: nothing needs it", _WIDTH), soft_wrap=True)
    for needed in lines.needed_after_all:
        show.out.print(show.plain(f"{needed}: needed, in spite of its reason", _WIDTH))
    show.out.print(f"{assignment}: {lines}")
    floor = course.settings.verifying.check_floor
    if lines.share >= floor:
        return 0
    show.out.print(f"{assignment}: that is less than c.Verifying.check_floor = {floor:.0%}")
    return len(lines.unneeded)
