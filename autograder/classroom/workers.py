"""Processes that grade, one submission at a time each, and what happens when one of them dies."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import torch

from autograder.course.course import Course, open_course
from autograder.errors import ChecksBroken, KitError, NotGraded
from autograder.kernel import linux
from autograder.nbgrader_bridge.diagnosing_again import diagnose_again
from autograder.nbgrader_bridge.grading import Graded, grade_one
from autograder.nbgrader_bridge.readiness import require_ready
from autograder.settings.load import load

_OF_REFERENCES = ("matplotlib.pyplot", "torchvision.datasets", "torchvision.transforms")

MakeExecutor = Callable[[Path, int], Executor]
"""Gives an executor for a course's folder and a number of workers."""

_course: Course | None = None
_busy = False
_STOP_S = 10.0


def local_processes(root: Path, workers: int) -> Executor:
    """Processes on this machine.

    They are forked before any thread runs, and so start with torch and nbgrader imported, and with
    what reference solutions import: else each worker took 1.5 s of CPU for it.
    """
    method = "fork" if sys.platform == "linux" else "spawn"
    for name in _OF_REFERENCES if method == "fork" else ():
        importlib.import_module(name)
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(root,))


def _start(root: Path) -> None:
    """Runs in: each worker, first."""
    global _course
    # Ctrl-C reaches the whole process group: the one who started the workers decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "linux":
        # If that one is killed, so are we: nothing would ever end us, nor remove what we made.
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
    torch.set_num_threads(1)
    _course = open_course(load(root))


def _stop(_signum: int, _frame: object) -> None:
    """Runs in: a worker that is told to end. What it is in the middle of is put away first."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # KeyboardInterrupt, which pytest and nbgrader let through; they keep a SystemExit as a result.
    raise KeyboardInterrupt if _busy else SystemExit


def _grade(assignment: str, student: str) -> Graded:
    """Runs in: a worker."""
    global _busy
    assert _course is not None, "workers are started by _start"
    try:
        _busy = True
        graded = grade_one(_course, assignment, student)
    except KeyboardInterrupt:
        os._exit(128 + signal.SIGTERM)  # Raised, it would only end this submission's turn.
    finally:
        _busy = False
    return graded


def _make_ready(assignment: str) -> None:
    """Runs in: a worker. Raises KitError."""
    global _busy
    assert _course is not None, "workers are started by _start"
    try:
        _busy = True
        require_ready(_course, assignment)
    except KeyboardInterrupt:
        os._exit(128 + signal.SIGTERM)
    finally:
        _busy = False


def make_ready_in_worker(
    course: Course, assignment: str, make_executor: MakeExecutor = local_processes
) -> None:
    """Tries the checks on the reference, in a process of its own; raises ChecksBroken.

    Not in this one: a judge starts threads, and workers are forked where none runs.
    """
    with _pool(course.root, 1, make_executor) as executor:
        try:
            executor.submit(_make_ready, assignment).result()
        except BrokenProcessPool as ended:
            why = "the process that tried them on the reference solution ended"
            raise ChecksBroken(assignment, why) from ended


def _diagnose(assignment: str, student: str) -> Graded:
    """Runs in: a worker."""
    assert _course is not None, "workers are started by _start"
    return Graded(student=student, report=diagnose_again(_course, assignment, student))


def diagnosed_by_workers(
    course: Course,
    assignment: str,
    students: Sequence[str],
    workers: int,
    make_executor: MakeExecutor = local_processes,
) -> dict[str, Graded]:
    """Graded submissions with the hints of today's mistakes; one where that failed is left out."""
    found: dict[str, Graded] = {}
    if not students:
        return found
    with _pool(course.root, workers, make_executor) as executor:
        under_way = {s: executor.submit(_diagnose, assignment, s) for s in students}
        for student, future in under_way.items():
            # Whatever it was, grading that submission anew will say it.
            with contextlib.suppress(Exception):
                found[student] = future.result()
    return found


def graded_by_workers(
    course: Course,
    assignment: str,
    students: Sequence[str],
    workers: int,
    make_executor: MakeExecutor = local_processes,
) -> Iterator[Graded]:
    """Each student's result as soon as it is there, in no fixed order.

    A worker that dies takes no result with it: those under way are tried again, one at a time, and
    a submission whose worker dies twice is "not graded".
    """
    left = list(students)
    suspects: list[str] = []
    while left or suspects:
        alone = not left
        batch = [suspects.pop(0)] if alone else left
        done: set[str] = set()
        broke = False
        running: set[str] = set()
        for student, outcome in _batch(
            course, assignment, batch, 1 if alone else workers, make_executor
        ):
            if outcome is not None:
                done.add(student)
                yield outcome
            else:
                broke = True
                running.add(student)
        if broke and alone:
            yield _lost(batch[0])
            continue
        left = [s for s in left if s not in done and s not in running] if not alone else left
        suspects += sorted(running) if not alone else []


def _batch(
    course: Course,
    assignment: str,
    students: Sequence[str],
    workers: int,
    make_executor: MakeExecutor,
) -> Iterator[tuple[str, Graded | None]]:
    """Results of one pool; (student, None) for each that was under way when the pool broke."""
    with _pool(course.root, workers, make_executor) as executor:
        waiting = list(students)
        under_way: dict[Future[Graded], str] = {}
        while waiting or under_way:
            # Hand out no more than there are workers: so a broken pool names its suspects.
            while waiting and len(under_way) < workers:
                student = waiting.pop(0)
                under_way[executor.submit(_grade, assignment, student)] = student
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                student = under_way.pop(future)
                try:
                    yield student, future.result()
                except BrokenProcessPool:
                    yield student, None
                    for other in under_way.values():
                        yield other, None
                    return
                except Exception as problem:  # noqa: BLE001 - the others of the class go on
                    yield student, _not_graded(student, problem)


@contextlib.contextmanager
def _pool(root: Path, workers: int, make_executor: MakeExecutor) -> Iterator[Executor]:
    """An executor whose processes are gone at the end, also when the reader stops half-way."""
    executor = make_executor(root, workers)
    try:
        yield executor
    except BaseException:
        _kill(executor)
        raise
    else:
        executor.shutdown(wait=True, cancel_futures=True)


def _kill(executor: Executor) -> None:
    """Ends the workers; each removes what it has made, if that takes no longer than `_STOP_S`."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    deadline = time.monotonic() + _STOP_S
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0.0))
        process.kill()
        process.join()


def _not_graded(student: str, problem: Exception) -> Graded:
    if isinstance(problem, OSError):
        where = f" ({problem.filename})" if problem.filename else ""
        why = f"the machine refused it: {problem.strerror or problem}{where}"
        problem = NotGraded(why, "Make that possible, then grade again.")
    elif not isinstance(problem, KitError):
        why = f"the kit stumbled over it: {type(problem).__name__}: {problem}"
        problem = NotGraded(why, "Please report this; the others of the class went on.")
    return Graded(student=student, problem=problem)


def _lost(student: str) -> Graded:
    why = "the process that graded it ended twice."
    mend = "Look for what the system's log says of it (out of memory?), then grade it again."
    return Graded(student=student, problem=NotGraded(why, mend))
