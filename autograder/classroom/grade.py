"""`grade_class`: an assignment's submissions, in parallel, each result told at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autograder.classroom.ledger import Ledger
from autograder.classroom.preflight import preflight
from autograder.classroom.workers import (
    MakeExecutor,
    diagnosed_by_workers,
    graded_by_workers,
    local_processes,
    make_ready_in_worker,
)
from autograder.course.course import Course
from autograder.course.exercises import require_checks
from autograder.course.judging import kernel_env
from autograder.errors import KitError, Refused, UnknownName
from autograder.files import remove_stale_work
from autograder.handout.release import register
from autograder.kernel import folders
from autograder.nbgrader_bridge.earlier import Entries, earlier_result, entries, put_back
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.nbgrader_bridge.grading import (
    Graded,
    is_text,
    make_feedback,
    require_our_steps,
)
from autograder.nbgrader_bridge.penalties import late_policy, renew_penalties
from autograder.nbgrader_bridge.readiness import is_ready


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
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[Told]:
    """Each student's result, first those that stand from an earlier run, then as they come.

    Where only the mistakes are others than before, results get their hints and run nothing. What
    would fail all is refused before the first one (`preflight`) and changes nothing.

    A result is in the gradebook before it is told. One submission's failure stays its own, and
    takes nothing from it: its earlier result stands. At the end late penalties are derived anew for
    all, also for those who are not among `students`. `say` is told what takes long before that.
    """
    require_our_steps(course)
    late_policy(course)
    ledger = Ledger(course, assignment)
    standing, other_mistakes, left = _sorted_out(ledger, students, force=force)
    if other_mistakes or left:
        preflight(course, assignment)
    kernel_env(course)
    if other_mistakes or left:
        require_ready(course, assignment, make_executor, say)
    remove_stale_work(course.work)
    folders.remove_stale()
    _register_if_changed(course, assignment)
    yield from (Told(graded=graded, unchanged=True) for graded in standing)
    keys = {student: ledger.key(student) for student in [*left, *other_mistakes]}
    workers = max(min(worker_count(course), len(other_mistakes)), 1)
    again = diagnosed_by_workers(course, assignment, other_mistakes, workers, make_executor)
    for student, graded in again.items():
        _note(ledger, student, keys[student])
        yield Told(graded=graded, unchanged=True)
    left += [student for student in other_mistakes if student not in again]
    before = entries(course, assignment) if left else {}
    for student in left:
        ledger.begin(student)
    workers = max(min(worker_count(course), len(left)), 1)
    for graded in graded_by_workers(course, assignment, left, workers, make_executor):
        student = graded.student
        if graded.report is None:
            graded = _as_before(course, assignment, graded, before.get(student))
            ledger.keep(student, keys[student])
        else:
            _note(ledger, student, keys[student])
        yield Told(graded=graded)
    renew_penalties(course, assignment)


def _sorted_out(
    ledger: Ledger, students: Sequence[str], *, force: bool
) -> tuple[list[Graded], list[str], list[str]]:
    """The results that stand, who needs other hints only, and who is to be graded."""
    standing: list[Graded] = []
    other_mistakes: list[str] = []
    left: list[str] = []
    for student in students:
        stands = None if force else ledger.unchanged(student)
        if stands is None:
            left.append(student)
        elif ledger.hints_stand(student):
            standing.append(stands)
        else:
            other_mistakes.append(student)
    return standing, other_mistakes, left


def _note(ledger: Ledger, student: str, key: str) -> None:
    # On a full disk: what is not noted is graded again by the next run.
    with contextlib.suppress(OSError):
        ledger.note(student, key)


def _as_before(course: Course, assignment: str, graded: Graded, before: Entries | None) -> Graded:
    """A submission that could not be graded, with what it has kept of earlier runs."""
    problem = graded.problem
    if is_text(graded.student):
        try:
            put_back(course, assignment, graded.student, before)
        except KitError as trouble:
            assert problem is not None, "else it has a report"
            problem = KitError(problem.fact, f"{problem.mend} {trouble.fact}", problem.command)
    earlier = earlier_result(course, assignment, graded.student)
    return Graded(student=graded.student, problem=problem, earlier=earlier)


def require_ready(
    course: Course,
    assignment: str,
    make_executor: MakeExecutor = local_processes,
    say: Callable[[str], None] = lambda _text: None,
) -> None:
    """Raises ChecksBroken unless each exercise has a check and each check passes the reference.

    It runs once for each change of checks, reference, settings or versions.
    """
    if not is_ready(course, assignment):
        require_checks(course, assignment)
        say("Trying the hidden checks on the reference solution, once for each change of them …")
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
        except OSError as problem:
            why = f"{problem.strerror or problem} ({problem.filename or 'the page'})"
            yield (
                student,
                KitError(f"No page was made: {why}.", "Make it possible, then try again."),
            )


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
    try:
        register(course, assignment)
    except KitError as problem:
        raise Refused(problem.fact, problem.mend, problem.command) from problem
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest, encoding="ascii")
