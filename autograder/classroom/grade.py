"""`grade_class`: an assignment's submissions, in parallel, each result told at once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from autograder.classroom.running import Run, Told
from autograder.classroom.workers import MakeExecutor, Pool, local_processes
from autograder.course.course import Course
from autograder.course.foresight import note_that_all_is_graded
from autograder.course.lock import SomebodyWrites, writing
from autograder.course.packed import shown_digits
from autograder.errors import KitError, NotGraded, Refused, SettingsProblem, UnknownName
from autograder.files import remove_stale_temporary, remove_stale_work, write_whole
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.nbgrader_bridge.graded import Graded, require_our_steps
from autograder.nbgrader_bridge.late_policy import late_policy, renew_penalties


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
    only_changed: bool = False,
    new_versions: bool = False,
    allow_lower: bool = False,
    wait: bool = False,
    make_executor: MakeExecutor | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[Told]:
    """Each student's result, first those that stand from an earlier run, then as they come.

    Where only the mistakes are others than before, results get their hints and run nothing. What
    would fail all is refused before the first one (`preflight`) and changes nothing. Raises
    SomebodyWrites where another process writes the course, unless it is to `wait` for it.

    A result is in the gradebook before it is told. Where it lacks hints, it is told once more when
    these have come. One submission's failure stays its own, and takes nothing from it: its earlier
    result stands. At the end late penalties are derived anew for all, also for those who are not
    among `students`. `say` is told what takes long before that, and what was decided: with
    `new_versions` results that were released are graded anew too where Python, a package or the
    kit has changed. A released result that would lose points stays, and its `Graded.held` says so,
    unless `allow_lower`. Where nothing but the checks of some exercises has changed, these alone
    are asked; with `force` all are, unless `only_changed`.
    """
    require_our_steps(course)
    late_policy(course)
    with contextlib.ExitStack() as stack:
        stack.enter_context(_alone(course, assignment, wait=wait, say=say))
        run = _begun(
            course,
            assignment,
            make_executor,
            say,
            allow_lower=allow_lower,
            whole=force and not only_changed,
        )
        left = run.sort_out(students, force=force, new_versions=new_versions)
        stack.enter_context(run.pool)
        if left:
            # What it imports of nbgrader takes a second, and a class that stands needs none of it.
            from autograder.nbgrader_bridge.converting import unknown_settings

            _preflight(course, assignment)
            # It is warm by the time that it is needed: what is said next takes a moment.
            run.pool.start()
            for text in unknown_settings(course, assignment):
                say(f"course_config.py: {text}")
            run.make_ready()
        remove_stale_work(course.work)
        remove_stale_temporary()
        for student in run.standing:
            yield Told(graded=run.stands(student), unchanged=True)
        yield from run.results()
        renew_penalties(course, assignment)
        if run.all_stand and set(students) >= set(course.submitted(assignment)):
            note_that_all_is_graded(course.root, assignment)


@contextlib.contextmanager
def _alone(
    course: Course, assignment: str, *, wait: bool, say: Callable[[str], None]
) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        with _in_words_of_preflight(course, assignment):
            stack.enter_context(writing(course, f"grading {assignment}", wait=wait, say=say))
        yield


@contextlib.contextmanager
def _in_words_of_preflight(course: Course, assignment: str) -> Iterator[None]:
    """Within it, what is wrong with the machine or the settings is said as `preflight` says it."""
    try:
        yield
    except SomebodyWrites:
        raise
    except (KitError, OSError):
        _preflight(course, assignment)
        raise


def _preflight(course: Course, assignment: str) -> None:
    from autograder.classroom.preflight import preflight

    preflight(course, assignment)


def _begun(
    course: Course,
    assignment: str,
    make_executor: MakeExecutor | None,
    say: Callable[[str], None],
    *,
    allow_lower: bool,
    whole: bool,
) -> Run:
    """A run that has changed nothing yet, but told the gradebook of a source that has changed."""
    with _in_words_of_preflight(course, assignment):
        shown_digits(course)
        _register_if_changed(course, assignment)
        make = make_executor or executor_of(course)
        pool = Pool(make, worker_count(course))
        return Run(course, assignment, pool, say, allow_lower=allow_lower, whole=whole)


def executor_of(course: Course) -> MakeExecutor:
    """The function that the settings name; raises SettingsProblem."""
    named = course.settings.grading.executor
    if not named:
        return local_processes
    module, _, name = named.rpartition(".")
    try:
        make: MakeExecutor = getattr(importlib.import_module(module), name)
    except Exception as problem:
        why = " ".join(f"{type(problem).__name__}: {problem}".split())
        fact = f"Grading.executor is {named}, which cannot be imported ({why})."
        mend = "Write it as MODULE.FUNCTION, with MODULE.py beside course_config.py."
        raise SettingsProblem("course_config.py", fact, mend) from problem
    return make


def worker_count(course: Course) -> int:
    """How many submissions are graded at one time: the setting, else one more than the cores.

    A worker waits a fifth of its time, for the disk and for its kernel to start.
    """
    if course.settings.grading.workers:
        return course.settings.grading.workers
    # Only Linux says which cores this process may use.
    may_use = getattr(os, "sched_getaffinity", None)
    return 1 + (len(may_use(0)) if may_use is not None else os.cpu_count() or 1)


def grade_one(course: Course, assignment: str, student: str) -> Graded:
    """Grades one submission anew, whatever state it is in; what the student did raises nothing."""
    try:
        *_, told = grade_class(course, assignment, [student], force=True)
    except NotGraded as problem:
        return Graded(student=student, problem=problem)
    return told.graded


def is_registered(course: Course, assignment: str) -> bool:
    """Whether the gradebook knows an assignment's source as it is now."""
    digest, stamp = _registered(course, assignment)
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != digest:
        return False
    try:
        known_cells(course.db_url, assignment, assignment)
    except KitError:
        return False  # The gradebook was removed since.
    return True


def _registered(course: Course, assignment: str) -> tuple[str, Path]:
    """The digest of an assignment's source, and the file with the one that was registered."""
    digest = hashlib.sha256(course.source_path(assignment).read_bytes()).hexdigest()
    return digest, course.private / "registered" / assignment


def _register_if_changed(course: Course, assignment: str) -> None:
    if is_registered(course, assignment):
        return
    from autograder.handout.release import register

    try:
        register(course, assignment)
    except KitError as problem:
        raise Refused(problem.fact, problem.mend, problem.command) from problem
    digest, stamp = _registered(course, assignment)
    write_whole(stamp, digest)
