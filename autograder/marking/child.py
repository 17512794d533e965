"""A process for one job, watched from outside: what a student's bytes make the judge do ends there.

The job runs in a fork of this process, which holds the judge warm, and its result comes back as
JSON: nothing that was made beside a student's answer is ever unpickled.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from autograder.files import remove_stale_temporary
from autograder.kernel.walls import linux

_SAMPLE_S = 0.05
_PUT_AWAY_S = 8.0
_AGAIN_S = 0.01
_MAX_RESULT_BYTES = 300_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """What one job may take: seconds of wall time, and MB of memory beyond what its process has
    at its start, which it shares with the one that it was forked from.
    """

    wall_s: float
    memory_mb: int | None = None


class Overrun(Exception):
    """A job that its budget ended, or that ended without a word; the text says which."""


def in_child(job: Callable[[], Any], budget: Budget, *, caller: int = -1) -> Any:
    """What a job gives, which JSON must be able to hold; raises Overrun.

    `caller` is a descriptor that is closed when nobody waits for the result any more.
    """
    reader, writer = os.pipe()
    gc.freeze()  # Else the child copies each page that its collector looks at.
    # A signal's exception within the fork itself would be printed and forgotten (in what Python
    # runs after a fork), or leave a child that nobody waits for.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _be_the_child(job, writer, before)
    try:
        os.close(writer)
        os.set_blocking(reader, False)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        result = _result(pid, reader, budget, caller)
    except BaseException:
        _end(pid)
        raise
    finally:
        os.close(reader)
        gc.unfreeze()
    return result


def _be_the_child(job: Callable[[], Any], writer: int, mask: Iterable[int]) -> None:
    """Runs in: the child. Never returns."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, _put_away)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if sys.platform == "linux":
            linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
        data = json.dumps(job()).encode("utf-8", "surrogatepass")
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(data)
        code = 0
    except KeyboardInterrupt:
        code = 128 + signal.SIGTERM
    finally:
        os._exit(code)


def _put_away(_signum: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _interrupt)
    sys.unraisablehook = _again
    _interrupt()


def _interrupt(*_: object) -> None:
    # KeyboardInterrupt, which pytest lets through; it keeps a SystemExit as a result.
    raise KeyboardInterrupt


def _again(lost: sys.UnraisableHookArgs) -> None:
    """Where Python could only forget the interruption (in a `__del__`, a callback), it comes once
    more. What else goes wrong in objects that were half made is nobody's concern any more.
    """
    if issubclass(lost.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)


def _result(pid: int, reader: int, budget: Budget, caller: int) -> Any:
    deadline = time.monotonic() + budget.wall_s
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    if caller >= 0:
        poll.register(caller, select.POLLHUP | select.POLLRDHUP)
    data = bytearray()
    at_start = _held_mb(pid)
    while True:
        for descriptor, _event in poll.poll(_SAMPLE_S * 1000):
            if descriptor == caller:
                raise KeyboardInterrupt
            chunk = os.read(reader, _CHUNK)
            if not chunk:
                return _ended(pid, bytes(data))
            data += chunk
        if len(data) > _MAX_RESULT_BYTES:
            raise Overrun(f"its result is larger than {_MAX_RESULT_BYTES // 10**6} MB")
        if time.monotonic() > deadline:
            raise Overrun(f"judging it took longer than {budget.wall_s:g} s")
        held = _held_mb(pid) - at_start
        if budget.memory_mb is not None and held > budget.memory_mb:
            raise Overrun(f"judging it took more than {budget.memory_mb:,} MB of memory")


def _ended(pid: int, data: bytes) -> Any:
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 128 + signal.SIGTERM:
        raise KeyboardInterrupt
    if code:
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        raise Overrun(f"the process that judged it ended ({how})")
    return json.loads(data)


def _held_mb(pid: int) -> float:
    """What a process holds that is in no file, in MB, with what it shares with its parent."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            lines = [line.split() for line in status if line.startswith(("RssAnon", "RssShmem"))]
    except OSError:
        return 0.0
    return sum(int(line[1]) for line in lines) / 1024


def _end(pid: int) -> None:
    """Ends a child, which puts away what it has made, if that takes no longer than it may."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _PUT_AWAY_S
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                # What it had in the machine's temporary folder is nobody's now.
                remove_stale_temporary()
                return
            time.sleep(0.01)
