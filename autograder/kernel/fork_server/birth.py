"""Runs in: the kernel, from the fork to the first cell. Holds no secret.

The child of a fork becomes a kernel: lets go of what was the fork server's, enters the sandbox,
makes an IPython kernel. Until it has said that it is ready, it has a line to the fork server;
before the student's code runs, that line is closed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import signal
import socket
import traceback
from collections.abc import Mapping
from typing import Any

from autograder.kernel.fork_server import messages
from autograder.kernel.walls import linux, mounts, sandbox
from autograder.kernel.walls.namespaces import Level
from autograder.kernel.walls.sandbox import Plan

HANDLED_BY_SERVER = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """What the child of a fork needs to become a kernel."""

    plan: Plan
    uid: int
    news: socket.socket
    sockets: Mapping[str, int]
    line: int
    key_pipe: int


def become_kernel(birth: Birth, level: Level, stage: str) -> None:
    """Enters the sandbox and runs the kernel; ends the process. Called in the child of a fork."""
    code = 1
    try:
        _tidy_descriptors(birth)
        for signum in HANDLED_BY_SERVER:
            signal.signal(signum, signal.SIG_DFL)
        watched = sandbox.enter(birth.plan, level, birth.uid, stage)
        messages.send(birth.news, {"event": "watch"}, watched)
        for fd in watched:
            os.close(fd)  # An open folder of the machine's /proc would be a way out.
        app = _make_app(birth, level)
        messages.send(birth.news, {"event": "ready"})
        birth.news.close()
        app.start()
        code = 0
    except BaseException as problem:  # noqa: BLE001 - must not return into the fork server's code
        if birth.news.fileno() >= 0:
            why = f"{type(problem).__name__}: {problem}"
            trace = traceback.format_exc()[-20_000:]
            with contextlib.suppress(OSError):
                messages.send(birth.news, {"event": "failed", "why": why, "trace": trace})
    finally:
        os._exit(code)


def _make_app(birth: Birth, level: Level) -> Any:
    with os.fdopen(birth.key_pipe, "rb") as pipe:
        secret = json.loads(pipe.read())
    work = birth.plan.scratch if level is Level.NONE else mounts.WORK
    start = importlib.import_module("autograder.in_sandbox.start")
    _wipe_environment()
    env = sandbox.environment(birth.plan, work, level)
    return start.run(birth.sockets, birth.line, secret["key"].encode(), env, work)


def _tidy_descriptors(birth: Birth) -> None:
    """Keeps what the kernel needs; another kernel's socket or pipe would be a way to it."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    keep = {0, 1, 2, birth.news.fileno(), birth.line, birth.key_pipe}
    keep.update(birth.sockets.values())
    linux.close_all_but(keep)


def _wipe_environment() -> None:
    """/proc/self/environ shows the memory in which the process was given its environment."""
    os.environ.clear()
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open("/proc/self/stat", encoding="ascii", errors="replace") as stat_:
            fields = stat_.read().rsplit(") ", 1)[1].split()
        start, end = int(fields[47]), int(fields[48])
        if 0 < start < end:
            linux.wipe_memory(start, end - start)
