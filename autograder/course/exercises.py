"""Which exercises a notebook grades by checks, and whether each has a hidden one."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.course.cells import source_points
from autograder.course.course import Course
from autograder.errors import ChecksBroken
from autograder.results import CheckId


def unchecked_exercises(course: Course, assignment: str) -> list[str]:
    """The exercises that the notebook grades by checks and that have no hidden check.

    Raises ChecksBroken where the checks cannot be collected.
    """
    # Collecting checks imports torch: whoever is told what was collected needs none.
    from autograder.checks.collected import Checks

    graded = source_points(course.source_notebook(assignment))
    folder = course.checks_folder(assignment)
    if not any(folder.glob("test_*.py")):
        return list(graded)
    return _unchecked(graded, Checks(assignment, folder).collect())


def _unchecked(graded: Iterable[str], checks: Iterable[CheckId]) -> list[str]:
    checked = {check.exercise for check in checks}
    return [exercise for exercise in graded if exercise not in checked]


def no_hidden_check(assignment: str, exercises: list[str]) -> tuple[str, str]:
    """A fact and its fix on exercises without a hidden check."""
    one = len(exercises) == 1
    names = ", ".join(exercises)
    fact = f"the exercise {names} has" if one else f"the exercises {names} have"
    return (
        f"{fact} no hidden check: everybody would get 0 points for {'it' if one else 'them'}.",
        f"Write one in tests/hidden/{assignment}/test_{exercises[0]}.py, a function test_… under "
        f'@check("{exercises[0]}"): docs/checks.md says how.',
    )


def require_each_checked(assignment: str, graded: Iterable[str], checks: Iterable[CheckId]) -> None:
    """Raises ChecksBroken unless each graded exercise has one of these checks."""
    missing = _unchecked(graded, checks)
    if missing:
        raise ChecksBroken(assignment, *no_hidden_check(assignment, missing))
