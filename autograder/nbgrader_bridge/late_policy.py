"""Late penalties from what the gradebook says now.

nbgrader derives a penalty once, when a submission is autograded. A due date that is moved, an
extension, a changed policy and points given by hand since then change what it should be, so each
`autograder grade` derives all penalties of an assignment anew, and runs no student's code for it.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import BasePlugin, LateSubmissionPlugin
from traitlets import Any as AnyTrait
from traitlets import Bool
from traitlets.config import LoggingConfigurable

from autograder.course.course import Course
from autograder.errors import SettingsProblem
from autograder.nbgrader_bridge.gradebook import opened, seconds_late

PLUGIN_HELP = (
    "The class that says what a late submission costs, or MODULE.CLASS: MODULE.py may stand beside "
    "course_config.py."
)
_FIX = "Correct it, then grade again: until then late penalties stay as they were."


def renew_penalties(course: Course, assignment: str) -> None:
    """Derives each late penalty of an assignment from the gradebook, all of them or none.

    Raises SettingsProblem where the course's policy cannot be used.
    """
    policy = late_policy(course)
    if policy is not None:
        with opened(course.db_url) as gradebook:
            renew(gradebook, policy, Assignment.name == assignment)


def late_policy(course: Course) -> BasePlugin | None:
    """The course's policy, None where it is switched off; raises SettingsProblem."""
    settings = AssignLatePenalties(config=course.settings.config)
    if not settings.enabled:
        return None
    return policy_of(settings, settings.plugin_class, course.root)


class AssignLatePenalties(LoggingConfigurable):
    """The settings `c.AssignLatePenalties`, as nbgrader's step of that name has them.

    That one imports all of nbconvert.
    """

    enabled = Bool(True, help="Whether to assign late penalties.").tag(config=True)
    # Not nbgrader's trait, which imports the policy by itself and never again.
    plugin_class = AnyTrait(LateSubmissionPlugin, help=PLUGIN_HELP).tag(config=True)


def policy_of(owner: LoggingConfigurable, named: Any, root: Path) -> BasePlugin:
    """The course's policy, with its code as it is now; raises SettingsProblem."""
    found = _loaded(named, root) if isinstance(named, str) else named
    asked_for = "late_submission_penalty"
    if not (isinstance(found, type) and issubclass(found, BasePlugin)) or not hasattr(
        found, asked_for
    ):
        fact = f"AssignLatePenalties.plugin_class is {named}, which is not a late policy."
        mend = f"Name a subclass of nbgrader.plugins.LateSubmissionPlugin with {asked_for}."
        raise SettingsProblem("course_config.py", fact, mend)
    return found(parent=owner)


def renew(gradebook: Gradebook, policy: BasePlugin, which: Any) -> None:
    """Writes the penalties of the submitted notebooks that `which` selects, in one transaction."""
    rows = (
        gradebook.db.query(
            SubmittedNotebook,
            SubmittedNotebook.score,
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
        )
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(which)
    )
    for notebook, score, student, handed_in, extension, due in rows.all():
        late_s = seconds_late(handed_in, due, extension)
        notebook.late_submission_penalty = (
            _penalty(policy, student, round(score, 2), late_s) if late_s > 0 else None
        )
    gradebook.db.commit()


def _penalty(policy: BasePlugin, student: str, score: float, late_s: float) -> float | None:
    """What the policy says, within 0…score, rounded to hundredths; raises SettingsProblem."""
    try:
        said = policy.late_submission_penalty(student, score, late_s)
        penalty = None if said is None else float(said)
    except Exception as problem:
        raise _stopped(policy, student, f"{type(problem).__name__}: {problem}") from problem
    if penalty is None:
        return None
    if not math.isfinite(penalty):
        raise _stopped(policy, student, f"its penalty is {penalty}")
    return round(min(max(penalty, 0.0), score), 2)


def _stopped(policy: BasePlugin, student: str, why: str) -> SettingsProblem:
    fact = f"the late policy {type(policy).__name__} gives {student} no penalty that can be used"
    return SettingsProblem("course_config.py", f"{fact}: {' '.join(why.split())}.", _FIX)


def _loaded(named: str, root: Path) -> Any:
    """What MODULE.CLASS names, a module beside course_config.py with its code as it is now."""
    module_name, _, name = named.rpartition(".")
    path = root.joinpath(*module_name.split(".")).with_suffix(".py")
    try:
        with _importable(root):
            if module_name and path.is_file():
                return getattr(_executed(module_name, path), name)
            return getattr(importlib.import_module(module_name), name)
    except Exception as problem:
        why = " ".join(f"{type(problem).__name__}: {problem}".split())
        fact = f"AssignLatePenalties.plugin_class is {named}, which cannot be loaded: {why}."
        mend = "Write it as MODULE.CLASS, with MODULE.py beside course_config.py."
        raise SettingsProblem("course_config.py", fact, mend) from problem


class _AsItIsNow(SourceFileLoader):
    """Takes no code from Python's cache, which misses a change within one second that keeps a
    file's size."""

    def path_stats(self, path: str | bytes) -> NoReturn:
        """Called by importlib, which then neither reads the cache nor writes into it."""
        raise OSError


def _executed(name: str, path: Path) -> ModuleType:
    # Not import_module, which takes yesterday's module from memory.
    loader = _AsItIsNow(name, str(path))
    spec = spec_from_loader(name, loader)
    assert spec is not None, "there is a loader"
    module = module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    return module


@contextlib.contextmanager
def _importable(root: Path) -> Iterator[None]:
    """Within it, modules beside course_config.py can be imported; they shadow no others."""
    sys.path.append(str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
