"""What an assignment must have before anybody is graded: a check for each exercise, and checks that
give the reference solution full marks.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from autograder.checks.trail import Trail
from autograder.course.cells import judged_cells, source_points
from autograder.course.course import Course
from autograder.course.digest import common_parts
from autograder.course.exercises import require_checks
from autograder.course.judging import judge_assignment, judge_limits, kernel_plan
from autograder.course.seeds import seed
from autograder.diagnosis.library import digest
from autograder.judge.grade import Judge
from autograder.judge.reference import require_full_marks


def is_ready(course: Course, assignment: str) -> bool:
    """Whether the checks, as they are, have given the reference full marks before."""
    return _kept(course, assignment, _key(course, assignment)) is not None


def require_ready(course: Course, assignment: str) -> None:
    """Raises ChecksBroken unless the checks give the reference full marks; runs it if need be."""
    points = source_points(course.source_notebook(assignment))
    judged = judge_assignment(course, assignment, points)
    make_ready(course, Judge(judged, kernel_plan(course), judge_limits(course)))


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
    cells = judged_cells(course.source_notebook(assignment))
    require_full_marks(judge, list(cells.values()))
    _keep(course, assignment, key, judge.trail)


def _key(course: Course, assignment: str) -> str:
    return digest([*common_parts(course, assignment), seed(course, assignment).hex()])


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
