"""What an assignment must have before anybody is graded: a check for each exercise, and checks that
give the reference solution full marks.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from autograder.checks.collected import Checks
from autograder.checks.trail import Trail
from autograder.diagnosis.library import digest
from autograder.errors import ChecksBroken
from autograder.judge.grade import Judge
from autograder.judge.reference import require_full_marks
from autograder.nbgrader_bridge import course as courses
from autograder.nbgrader_bridge.course import Course
from autograder.nbgrader_bridge.digest import common_parts


def unchecked_exercises(course: Course, assignment: str) -> list[str]:
    """The exercises that the notebook grades by checks and that have no hidden check.

    Raises ChecksBroken where the checks cannot be collected.
    """
    graded = courses.source_points(course.source_notebook(assignment))
    folder = course.checks_folder(assignment)
    if not any(folder.glob("test_*.py")):
        return list(graded)
    checked = {check.exercise for check in Checks(assignment, folder).collect()}
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


def require_checks(course: Course, assignment: str) -> None:
    """Raises ChecksBroken unless each exercise has a hidden check."""
    missing = unchecked_exercises(course, assignment)
    if missing:
        raise ChecksBroken(assignment, *no_hidden_check(assignment, missing))


def is_ready(course: Course, assignment: str) -> bool:
    """Whether the checks, as they are, have given the reference full marks before."""
    return _kept(course, assignment, _key(course, assignment)) is not None


def require_ready(course: Course, assignment: str) -> None:
    """Raises ChecksBroken unless the checks give the reference full marks; runs it if need be."""
    points = courses.source_points(course.source_notebook(assignment))
    judged = courses.judge_assignment(course, assignment, points)
    make_ready(course, Judge(judged, courses.kernel_plan(course), courses.judge_limits(course)))


def make_ready(course: Course, judge: Judge) -> None:
    """Gives a judge the trail of the reference, which is tried unless nothing has changed since.

    Raises ChecksBroken where a check does not give the reference full marks.
    """
    assignment = judge.assignment.name
    key = _key(course, assignment)
    kept = _kept(course, assignment, key)
    if kept is not None:
        judge.trail = kept
        return
    require_checks(course, assignment)
    cells = courses.judged_cells(course.source_notebook(assignment))
    require_full_marks(judge, list(cells.values()))
    _keep(course, assignment, key, judge.trail)


def _key(course: Course, assignment: str) -> str:
    return digest([*common_parts(course, assignment), courses.seed(course, assignment).hex()])


def _path(course: Course, assignment: str) -> Path:
    return course.private / "reference" / f"{assignment}.json"


def _kept(course: Course, assignment: str, key: str) -> Trail | None:
    try:
        entry = json.loads(_path(course, assignment).read_text(encoding="utf-8"))
        return Trail.from_json(entry["trail"]) if entry["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(course: Course, assignment: str, key: str, trail: Trail) -> None:
    path = _path(course, assignment)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"key": key, "trail": trail.to_json()}), encoding="utf-8")
    os.replace(fresh, path)
