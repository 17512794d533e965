"""Orders done by an executor's processes, and what happens when one of them dies."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from autograder.errors import NotGraded, to_plain
from autograder.marking.task import MISSING, OVERRUN, PROBLEM, STUMBLED, Task
from autograder.marking.template import Ended, WarmWorkers, work_apart

MakeExecutor = Callable[[int], Executor]
"""Gives an executor for a number of workers."""

_STOP_S = 20.0
Who = TypeVar("Who")


def local_processes(workers: int) -> Executor:
    """Processes on this machine, forked from one that is warm."""
    return WarmWorkers(workers)


def do(task: Task) -> dict[str, Any]:
    """Runs in: a worker of another executor than ours."""
    return work_apart(task)


@dataclass(frozen=True, kw_only=True, slots=True)
class Order(Generic[Who]):
    """Something to be done for `who`. `task` is asked for when it is handed out, and `bring` for
    what a worker lacks.
    """

    who: Who
    task: Callable[[], Task]
    bring: Callable[[Task, list[str]], Task]


Done = tuple[Order[Who], dict[str, Any]]

_LOST = {
    PROBLEM: to_plain(
        NotGraded(
            "the process that graded it ended twice.",
            "Look for what the system's log says of it (out of memory?), then grade it again.",
        )
    )
}


class Pool:
    """The workers of a run. Its processes are gone at the end, also when the reader stops half-way.

    A worker that dies takes no result with it: what was under way is tried again, one at a time,
    and so is what its budget ended. What fails so twice is told as it is.
    """

    def __init__(self, make_executor: MakeExecutor, workers: int) -> None:
        self.make_executor = make_executor
        self.workers = workers
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        executor, self._executor = self._executor, None
        if executor is not None and kind is not None:
            _kill(executor)
        elif executor is not None:
            _shut_down(executor, wait=True)

    def start(self) -> Executor:
        """The executor; made here, where there is none or the last one broke."""
        if self._executor is None:
            self._executor = self.make_executor(self.workers)
        return self._executor

    def done(self, orders: deque[Order[Who]]) -> Iterator[list[Done[Who]]]:
        """What came of orders, as soon as it is there; the caller may add orders meanwhile."""
        suspects: deque[Order[Who]] = deque()
        while orders or suspects:
            alone = not orders
            batch = deque([suspects.popleft()]) if alone else orders
            for done in self._batch(batch, 1 if alone else self.workers):
                told = []
                for order, outcome in done:
                    if not alone and (outcome is None or OVERRUN in outcome):
                        suspects.append(order)
                    else:
                        told.append((order, _LOST if outcome is None else outcome))
                if told:
                    yield told

    def _batch(
        self, orders: deque[Order[Who]], most: int
    ) -> Iterator[list[tuple[Order[Who], dict[str, Any] | None]]]:
        """What becomes of orders; None for each whose worker, or whose executor, has ended."""
        executor = self.start()
        under_way: dict[Future[dict[str, Any]], tuple[Order[Who], Task]] = {}

        def hand_out() -> None:
            # No more than there are workers: so a broken pool names its suspects.
            while orders and len(under_way) < most:
                order = orders.popleft()
                task = order.task()
                under_way[executor.submit(do, task)] = order, task

        while orders or under_way:
            hand_out()
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            done: list[tuple[Order[Who], dict[str, Any] | None]] = []
            for future in finished:
                order, task = under_way.pop(future)
                outcome: dict[str, Any] | None
                try:
                    outcome = future.result()
                except Ended:
                    outcome = None
                except BrokenExecutor:
                    lost = [order, *(other for other, _task in under_way.values())]
                    self._executor = None
                    _kill(executor)
                    yield [*done, *((one, None) for one in lost)]
                    return
                except Exception as problem:  # noqa: BLE001 - the others of the class go on
                    what = f"the executor stumbled over it: {type(problem).__name__}: {problem}"
                    outcome = {STUMBLED: what}
                if outcome is not None and MISSING in outcome:
                    again = order.bring(task, outcome[MISSING])
                    under_way[executor.submit(do, again)] = order, again
                else:
                    done.append((order, outcome))
            if done:
                # No worker is idle while the caller writes.
                hand_out()
                yield done


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
