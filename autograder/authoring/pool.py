"""Answers tried in several processes at once, each with its own kernel and its own judge."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import torch

from autograder.authoring.trial import Trial
from autograder.checks.trail import Trail
from autograder.course.cells import up_to_the_last_check
from autograder.course.course import Course, open_course
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried, try_one
from autograder.errors import KitError, NotGraded, from_plain, to_plain
from autograder.judge.rehearsal import Rehearsal
from autograder.settings.load import load

Asked = TypeVar("Asked")

_PATIENCE_S: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Task:
    """An answer to be tried; with `at_home` its visible checks are asked too."""

    answer: Answer
    at_home: bool = False


class Pool:
    """Processes that try answers of one assignment. Use it as a context manager.

    Whoever starts it needs `if __name__ == "__main__"`, as multiprocessing says: the processes are
    spawned. Opening it tries the reference and the stub, whose complaints it then knows.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        jobs: int | None = None,
        worker: type[Worker] | None = None,
    ) -> None:
        self.worker = worker or Worker
        self.course = course
        self.assignment = course.require_assignment(assignment)
        self.jobs = jobs or os.cpu_count() or 1
        self.of_solution: list[str] = []
        self.of_stub: list[str] = []
        self._pipes: dict[Connection, multiprocessing.process.BaseProcess] = {}

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, whatever they are at."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._pipes.values():
            process.join(_PATIENCE_S)
            if process.is_alive():
                process.terminate()
                process.join(_PATIENCE_S)
        self._pipes.clear()

    def tried(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Tried]]:
        """Each task with its result, as they come; tasks are begun in their order.

        Raises what `asked` raises.
        """
        return self.asked((one, ("try_answer", one.answer, one.at_home)) for one in tasks)

    def asked(self, tasks: Iterable[tuple[Asked, tuple[Any, ...]]]) -> Iterator[tuple[Asked, Any]]:
        """What the worker of a process gives for each message, a verb and its arguments; each is
        handed in and given back with what it is about.

        Raises NotGraded where a process ended, and the KitError of what the kit could not do.
        """
        waiting, at = iter(tasks), dict[Connection, Asked]()
        idle = deque(self._pipes)
        while True:
            while idle and (task := next(waiting, None)) is not None:
                pipe = idle.popleft()
                at[pipe], message = task
                self._send(pipe, message)
            if not at:
                return
            ready = wait(list(at))
            for pipe in [one for one in at if one in ready]:
                about, result = at.pop(pipe), self._received(pipe)
                idle.append(pipe)
                yield about, result

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        for _ in range(self.jobs):
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_work,
                args=(self.worker, self.course.root, self.assignment, theirs),
                daemon=True,
            )
            process.start()
            theirs.close()
            self._pipes[ours] = process
        first, *others = self._pipes
        self._send(first, ("solution",))
        for pipe in others[:1]:
            self._send(pipe, ("stub",))
            self.of_stub = self._received(pipe)
        # The reference takes longest: meanwhile the others make ready for their first answer.
        for pipe in others:
            self._send(pipe, ("make_ready",))
        self.of_solution, trail = self._received(first)
        if not others:
            self._send(first, ("stub",))
            self.of_stub = self._received(first)
        for pipe in others:
            self._received(pipe)
            self._send(pipe, ("follow", trail))
            self._received(pipe)

    def _send(self, pipe: Connection, message: tuple[Any, ...]) -> None:
        try:
            pipe.send(message)
        except OSError as problem:
            raise self._ended(pipe) from problem

    def _received(self, pipe: Connection) -> Any:
        try:
            result, problem = pipe.recv()
        except (EOFError, OSError) as ended:
            raise self._ended(pipe) from ended
        if problem is not None:
            raise from_plain(problem)
        return result

    def _ended(self, pipe: Connection) -> NotGraded:
        process = self._pipes[pipe]
        process.join(_PATIENCE_S)
        fact = f"A process that tried answers to {self.assignment} ended ({process.exitcode})"
        return NotGraded(fact, "Was memory short? Try again with --jobs 1.")


def _work(make: type[Worker], root: Path, assignment: str, pipe: Connection) -> None:
    """The loop of one process, until the other end of the pipe closes."""
    # Ctrl-C is the parent's: it closes its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # What pytest keeps of a check file goes by its second and size: too coarse for broken ones.
    sys.dont_write_bytecode = True
    torch.set_num_threads(1)
    worker = None
    try:
        while True:
            verb, *arguments = pipe.recv()
            try:
                worker = worker or make(root, assignment)
                pipe.send((getattr(worker, verb)(*arguments), None))
            except KitError as problem:
                pipe.send((None, to_plain(problem)))
    except (EOFError, OSError):
        return
    finally:
        if worker is not None:
            worker.close()


class Worker:
    """What one process does, by the verbs that it is sent."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.course = open_course(load(root))
        self.trial = Trial(self.course, assignment)
        judge = self.trial.judge
        self.rehearsal = Rehearsal(self.trial.cells, judge.plan, judge.limits)

    def solution(self) -> tuple[list[str], Any]:
        return self.trial.of_solution(), self.trial.judge.trail.to_json()

    def stub(self) -> list[str]:
        return self.trial.of_stub()

    def make_ready(self) -> None:
        """Opens the notebook in which answers are tried."""
        self.rehearsal.open()

    def follow(self, trail: Any) -> None:
        self.trial.judge.follow(Trail.from_json(trail))

    def try_answer(self, answer: Answer, at_home: bool) -> Tried:
        visible = self.trial.visible.get(answer.exercise, "") if at_home else ""
        if answer.fails:
            # What a cell shows to whom it has found right takes seconds: digits that are learned.
            visible = up_to_the_last_check(visible)
        return try_one(self.trial.judge, self.rehearsal, answer, visible=visible)

    def close(self) -> None:
        self.rehearsal.close()
