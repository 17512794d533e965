"""`grade_class`: an assignment's submissions, in parallel, each result told at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.classroom.ledger import Ledger
from autograder.classroom.workers import (
    MakeExecutor,
    diagnosed_by_workers,
    graded_by_workers,
    local_processes,
    make_ready_in_worker,
)
from autograder.errors import KitError, UnknownName
from autograder.kernel import folders
from autograder.nbgrader_bridge.course import Course, kernel_env
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.nbgrader_bridge.grading import Graded, make_feedback, require_our_steps
from autograder.nbgrader_bridge.readiness import is_ready
from autograder.nbgrader_bridge.release import register, remove_stale_work


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One student's result, and whether it is of an earlier run that still stands."""

    graded: Graded
    unchanged: bool = False


def chosen_students(course: Course, assignment: str, wanted: Sequence[str] = ()) -> list[str]:
    """The students to grade: those wanted, else all who handed something in.

    Raises UnknownName for one who handed in nothing, KitError where nobody has.
    """
    there = course.submitted(course.require_assignment(assignment))
    for name in wanted:
        if name not in there:
            raise UnknownName("submission", name, there, f"submitted/*/{assignment}")
    if not there:
        raise KitError(
            f"Nobody has handed in {assignment}: submitted/*/{assignment} is not there.",
            f"Put each notebook at submitted/STUDENT/{assignment}/{assignment}.ipynb, or collect.",
        )
    return list(wanted) or there


def grade_class(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    force: bool = False,
    make_executor: MakeExecutor = local_processes,
) -> Iterator[Told]:
    """Each student's result, first those that stand from an earlier run, then as they come.

    Where only the mistakes are others than before, results get their hints and run nothing.

    A result is in the gradebook before it is told. One submission's failure stays its own.
    """
    require_our_steps(course)
    kernel_env(course)
    remove_stale_work(course)
    folders.remove_stale()
    require_ready(course, assignment, make_executor)
    _register_if_changed(course, assignment)
    ledger = Ledger(course, assignment)
    left: list[str] = []
    other_mistakes: list[str] = []
    for student in students:
        stands = None if force else ledger.unchanged(student)
        if stands is None:
            left.append(student)
        elif ledger.hints_stand(student):
            yield Told(graded=stands, unchanged=True)
        else:
            other_mistakes.append(student)
    keys = {student: ledger.key(student) for student in [*left, *other_mistakes]}
    workers = max(min(worker_count(course), len(other_mistakes)), 1)
    again = diagnosed_by_workers(course, assignment, other_mistakes, workers, make_executor)
    for student, graded in again.items():
        ledger.note(student, keys[student])
        yield Told(graded=graded, unchanged=True)
    left += [student for student in other_mistakes if student not in again]
    for student in left:
        ledger.forget(student)
    workers = max(min(worker_count(course), len(left)), 1)
    for graded in graded_by_workers(course, assignment, left, workers, make_executor):
        if graded.report is not None:
            ledger.note(graded.student, keys[graded.student])
        yield Told(graded=graded)


def require_ready(
    course: Course, assignment: str, make_executor: MakeExecutor = local_processes
) -> None:
    """Raises ChecksBroken unless each exercise has a check and each check passes the reference.

    It runs once for each change of checks, reference, settings or versions.
    """
    if not is_ready(course, assignment):
        make_ready_in_worker(course, assignment, make_executor)


def worker_count(course: Course) -> int:
    """How many submissions are graded at one time: the setting, else one more than the cores.

    A worker waits a fifth of its time, for the disk and for its kernel to start.
    """
    if course.settings.grading.workers:
        return course.settings.grading.workers
    # Only Linux says which cores this process may use.
    may_use = getattr(os, "sched_getaffinity", None)
    return 1 + (len(may_use(0)) if may_use is not None else os.cpu_count() or 1)


def feedback_for(
    course: Course, assignment: str, students: Sequence[str]
) -> Iterator[tuple[str, KitError | None]]:
    """Makes the feedback page of each graded student; a failure is told, the others go on."""
    for student in students:
        try:
            make_feedback(course, assignment, student)
            yield student, None
        except KitError as problem:
            yield student, problem


def _register_if_changed(course: Course, assignment: str) -> None:
    source = course.source_path(assignment)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    stamp = course.private / "registered" / assignment
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        try:
            known_cells(course.db_url, assignment, assignment)
            return
        except KitError:
            pass  # the gradebook was removed since: fill it again
    register(course, assignment)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest, encoding="ascii")
