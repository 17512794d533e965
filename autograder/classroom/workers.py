"""Orders done by an executor's processes, and what happens when one of them dies."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import multiprocessing.util
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from autograder.errors import NotGraded, to_plain
from autograder.kernel.walls import linux
from autograder.marking import worker
from autograder.marking.worker import MISSING, OVERRUN, PROBLEM, STUMBLED, Task

_OF_REFERENCES = ("matplotlib.pyplot", "torchvision.datasets", "torchvision.transforms")

MakeExecutor = Callable[[int], Executor]
"""Gives an executor for a number of workers."""

_busy = False
_STOP_S = 20.0
Who = TypeVar("Who")


def local_processes(workers: int) -> Executor:
    """Processes on this machine.

    They are forked before any thread runs, and so start with torch and nbgrader imported, and with
    what reference solutions import: else each worker took 1.5 s of CPU for it.
    """
    method = "fork" if sys.platform == "linux" else "spawn"
    for name in _OF_REFERENCES if method == "fork" else ():
        importlib.import_module(name)
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start)


def _start() -> None:
    """Runs in: each worker, first."""
    # Ctrl-C reaches the whole process group: the one who started the workers decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "linux":
        # If that one is killed, so are we: nothing would ever end us, nor remove what we made.
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
    worker.become_template()
    # A process of multiprocessing ends without atexit.
    multiprocessing.util.Finalize(None, worker.close_benches, exitpriority=10)


def _stop(_signum: int, _frame: object) -> None:
    """Runs in: a worker that is told to end. What it is in the middle of is put away first."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt if _busy else SystemExit


def do(task: Task) -> dict[str, Any]:
    """Runs in: a worker, ours or another executor's."""
    global _busy
    try:
        _busy = True
        return worker.work(task)
    except KeyboardInterrupt:
        worker.close_benches()
        os._exit(128 + signal.SIGTERM)  # Raised, it would only end this task's turn.
    finally:
        _busy = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Order(Generic[Who]):
    """Something to be done for `who`. `task` is asked for when it is handed out, and `bring` for
    what a worker lacks.
    """

    who: Who
    task: Callable[[], Task]
    bring: Callable[[Task, list[str]], Task]


Done = tuple[Order[Who], dict[str, Any]]


def done_by_workers(
    orders: deque[Order[Who]], workers: int, make_executor: MakeExecutor = local_processes
) -> Iterator[list[Done[Who]]]:
    """What came of orders, as soon as it is there; the caller may add orders meanwhile.

    A worker that dies takes no result with it: what was under way is tried again, one at a time,
    and so is what its budget ended. What fails so twice is told as it is.
    """
    suspects: deque[Order[Who]] = deque()
    while orders or suspects:
        alone = not orders
        batch = deque([suspects.popleft()]) if alone else orders
        with _pool(1 if alone else workers, make_executor) as executor:
            for done in _batch(executor, batch, 1 if alone else workers):
                told = []
                for order, outcome in done:
                    if not alone and (outcome is None or OVERRUN in outcome):
                        suspects.append(order)
                    else:
                        told.append((order, _LOST if outcome is None else outcome))
                if told:
                    yield told


_LOST = {
    PROBLEM: to_plain(
        NotGraded(
            "the process that graded it ended twice.",
            "Look for what the system's log says of it (out of memory?), then grade it again.",
        )
    )
}


def _batch(
    executor: Executor, orders: deque[Order[Who]], workers: int
) -> Iterator[list[tuple[Order[Who], dict[str, Any] | None]]]:
    """What one pool does; None for each order that was under way when the pool broke."""
    under_way: dict[Future[dict[str, Any]], tuple[Order[Who], Task]] = {}
    while orders or under_way:
        # Hand out no more than there are workers: so a broken pool names its suspects.
        while orders and len(under_way) < workers:
            order = orders.popleft()
            task = order.task()
            under_way[executor.submit(do, task)] = order, task
        finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
        done: list[tuple[Order[Who], dict[str, Any] | None]] = []
        for future in finished:
            order, task = under_way.pop(future)
            try:
                outcome = future.result()
            except BrokenExecutor:
                lost = [order, *(other for other, _task in under_way.values())]
                yield [*done, *((one, None) for one in lost)]
                return
            except Exception as problem:  # noqa: BLE001 - the others of the class go on
                what = f"the executor stumbled over it: {type(problem).__name__}: {problem}"
                outcome = {STUMBLED: what}
            if MISSING in outcome:
                again = order.bring(task, outcome[MISSING])
                under_way[executor.submit(do, again)] = order, again
            else:
                done.append((order, outcome))
        if done:
            yield done


@contextlib.contextmanager
def _pool(workers: int, make_executor: MakeExecutor) -> Iterator[Executor]:
    """An executor whose processes are gone at the end, also when the reader stops half-way."""
    executor = make_executor(workers)
    try:
        yield executor
    except BaseException:
        _kill(executor)
        raise
    else:
        _shut_down(executor, wait=True)


def _shut_down(executor: Executor, *, wait: bool) -> None:
    try:
        executor.shutdown(wait=wait, cancel_futures=True)
    except TypeError:  # Dask's knows the parameter of Python 3.8 only, and cancels by itself.
        executor.shutdown(wait=wait)


def _kill(executor: Executor) -> None:
    """Ends the workers; each removes what it has made, if that takes no longer than `_STOP_S`."""
    processes = list((getattr(executor, "_processes", None) or {}).values())
    _shut_down(executor, wait=False)
    deadline = time.monotonic() + _STOP_S
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0.0))
        process.kill()
        process.join()
