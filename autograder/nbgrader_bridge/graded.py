"""What grading came to. Imports none of nbgrader's converters."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course.course import Course
from autograder.errors import KitError, SettingsProblem
from autograder.nbgrader_bridge.earlier import Earlier
from autograder.nbgrader_bridge.record import Held
from autograder.results import Report

OUR_EXECUTE = "autograder.nbgrader_bridge.steps.SandboxedExecute"


@dataclass(frozen=True, kw_only=True, slots=True)
class Graded:
    """One submission after grading: its report, or why the kit could not grade it.

    In that case it has kept an `earlier` result, if it had one. Where a grading with fewer points
    was `held` back, the report is the released one, which stands.
    """

    student: str
    report: Report | None = None
    problem: KitError | None = None
    earlier: Earlier | None = None
    held: Held | None = None


def is_text(name: str) -> bool:
    """Whether the gradebook can hold a name: a folder's may be bytes that are no UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def require_our_steps(course: Course) -> None:
    """Raises SettingsProblem unless the settings put our judge in the place of nbgrader's."""
    steps = course.settings.config.Autograde.get("autograde_preprocessors", [])
    if OUR_EXECUTE not in steps:
        raise SettingsProblem(
            "course_config.py",
            "c.Autograde.autograde_preprocessors does not name the kit's SandboxedExecute.",
            "Take the list from the course_config.py that the kit ships.",
        )
