"""A process without threads that holds judges ready, and those that are forked from it.

Whoever starts it need not import torch, and may have threads: it is forked from a base that has
torch imported (`kernel/fork_server/base.py`). What it was brought, it unpacks once; workers that
are forked from it then have the checks collected, the reference's answers and the digits.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import cached_property
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any, Final

from autograder.errors import KernelUnavailable, NotGraded, to_plain
from autograder.files import remove_stale_temporary
from autograder.kernel import launcher
from autograder.marking.task import PROBLEM, Task

_WORK, _READY, _FORK = "work", "ready", "fork"
_END_S: Final = 20.0
_TEMPLATE_ENDED: Final = "the process that workers are forked from has ended"

_of_thread = threading.local()


def work_apart(task: Task) -> dict[str, Any]:
    """Has a task done by a template of this thread's own; what came of it, as `worker.work` says.

    For processes that may have threads (a Jupyter server, nbgrader's command, a worker of Dask): a
    fork of such a one could hang.
    """
    template: Template | None = getattr(_of_thread, "template", None)
    if template is None or not template.alive:
        template = _of_thread.template = Template()
    return template.work(task)


def end_template() -> None:
    """Ends the template of this thread, if there is one."""
    template = _of_thread.__dict__.pop("template", None)
    if template is not None:
        template.close()


class Ended(Exception):
    """The process at the other end of a line has ended."""


class Template:
    """The process, from the side of who started it. It ends when this object does."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._process = _Process(launcher.ask_base(__name__, theirs.fileno()))
            self.line: Connection[Any, Any] = Connection(ours.detach())
        # Also at the end of this process, when little else is there any more.
        self._end = weakref.finalize(self, _end, self.line, self._process)

    @property
    def alive(self) -> bool:
        return self._end.alive and not self._process.has_ended(0.0)

    def work(self, task: Task) -> dict[str, Any]:
        """Has a task done; a process that ends meanwhile is a problem of the kit's."""
        try:
            return self._asked(_WORK, task)
        except Ended:
            why = "the process that judges has ended"
            return {PROBLEM: to_plain(NotGraded(why, "Try again; the system's log may say why."))}

    def make_ready(self, task: Task) -> dict[str, Any]:
        """Unpacks what a task is done with; empty, or what came instead. Raises Ended."""
        return self._asked(_READY, task)

    def fork(self) -> Connection[Any, Any]:
        """A line to a worker that has what is unpacked by now. Raises Ended."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._asked(_FORK, None, theirs.fileno())
            return Connection(ours.detach())

    def _asked(self, what: str, task: Task | None, descriptor: int = -1) -> dict[str, Any]:
        try:
            self.line.send((what, task))
            if descriptor >= 0:
                send_handle(self.line, descriptor, None)
            answer: dict[str, Any] = self.line.recv()
        except (EOFError, OSError) as problem:
            self.close()
            raise Ended from problem
        except BaseException:
            self.close()  # The answer to come would be taken for the next one's.
            raise
        return answer

    def close(self) -> None:
        """Ends the process, which puts away what it has made."""
        self._end()


class _Process:
    """A process that was asked for, and that may not be there yet."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    @cached_property
    def descriptor(self) -> int:
        return launcher.descriptor_of(self._channel)

    def has_ended(self, wait_s: float) -> bool:
        """Whether it has ended, or does so in time."""
        return bool(select.select([self.descriptor], [], [], wait_s)[0])

    def end(self) -> None:
        """Kills it unless it ends by itself in time."""
        if not self.has_ended(_END_S):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.descriptor, signal.SIGKILL)
            self.has_ended(_END_S)
            remove_stale_temporary()
        os.close(self.descriptor)


def _end(line: Connection[Any, Any], process: _Process) -> None:
    line.close()
    with contextlib.suppress(KernelUnavailable):  # Then there is none.
        process.end()


class WarmWorkers(Executor):
    """Workers forked from a template: an executor for `worker.work`, which is given its task.

    A worker that ends costs the task that it had, whose future raises `Ended`; the others go on.
    Where the template ends, the executor is broken.
    """

    def __init__(self, workers: int) -> None:
        self.template = Template()
        self._pool = ThreadPoolExecutor(workers)
        self._lock = threading.Lock()
        self._ready: set[str] = set()
        self._free: list[Connection[Any, Any]] = []
        self._lines: set[Connection[Any, Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As of any executor. What is done with `fn` is a task, and its worker does it."""
        return self._pool.submit(self._done, *args, **kwargs)

    def _done(self, task: Task) -> dict[str, Any]:
        with self._lock:
            try:
                said = self._made_ready(task)
                if said:
                    return said
                line = self._free.pop() if self._free else self._forked()
            except Ended as problem:
                raise BrokenExecutor(_TEMPLATE_ENDED) from problem
        try:
            line.send((_WORK, task))
            outcome: dict[str, Any] = line.recv()
        except (EOFError, OSError) as problem:
            with self._lock:
                self._lines.discard(line)
            line.close()
            if not self.template.alive:
                raise BrokenExecutor(_TEMPLATE_ENDED) from problem
            raise Ended from problem
        with self._lock:
            self._free.append(line)
        return outcome

    def _made_ready(self, task: Task) -> dict[str, Any]:
        if task.packed in self._ready:
            return {}
        said = self.template.make_ready(task)
        if not said:
            self._ready.add(task.packed)
            # Who was forked before lacks it, and would unpack it once more.
            for line in self._free:
                self._lines.discard(line)
                line.close()
            self._free.clear()
        return said

    def _forked(self) -> Connection[Any, Any]:
        line = self.template.fork()
        self._lines.add(line)
        return line

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends workers and template; each removes what it has made."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        with self._lock:
            for line in self._lines:
                # A worker that is in the middle of something is told so, too.
                with (
                    contextlib.suppress(OSError),
                    socket.fromfd(line.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end,
                ):
                    end.shutdown(socket.SHUT_RDWR)
        self._pool.shutdown(wait=True)
        self.template.close()


def run(descriptor: int) -> None:
    """Called in the process, which is forked from the base: see `kernel/fork_server/base.py`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from autograder.marking import worker

    worker.become_template()
    line: Connection[Any, Any] = Connection(descriptor)
    forked = False
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            what, task = line.recv()
            if what == _FORK:
                descriptor = recv_handle(line)
                pid = os.fork()
                if pid == 0:
                    line.close()
                    line, forked = Connection(descriptor), True
                    worker.become_forked()
                    continue
                os.close(descriptor)
                line.send({})
            elif what == _READY:
                line.send(worker.make_ready(task))
            else:
                line.send(worker.work(task, caller=line.fileno()))
            _bury()
    if forked:
        os._exit(0)
    worker.close_benches()
    _wait_for_workers()
    # Of what workers had made, what they were killed or interrupted in removing.
    remove_stale_temporary()


def _bury() -> None:
    """Takes note of workers that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _wait_for_workers() -> None:
    """Each ends when its line does, and puts away what it was in the middle of."""
    signal.signal(signal.SIGALRM, lambda *_: sys.exit())
    signal.alarm(int(_END_S) - 1)
    with contextlib.suppress(ChildProcessError, SystemExit):
        while True:
            os.waitpid(-1, 0)
    signal.alarm(0)
