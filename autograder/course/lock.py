"""The one lock of a course: whoever writes its gradebook, results or releases holds it."""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from autograder.course.course import Course
from autograder.course.snapshots import keep_snapshot
from autograder.errors import Refused

_NAME = "lock"
_SOMEBODY = "Another process is writing this course"
_LOOK_AGAIN_S = 0.5


class SomebodyWrites(Refused):
    """Another process writes the course's results at the moment."""


@dataclass(slots=True)
class _Held:
    file: IO[str]
    depth: int


_held: dict[str, _Held] = {}


@contextlib.contextmanager
def writing(
    course: Course,
    doing: str,
    *,
    wait: bool = False,
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[None]:
    """Within it no other process writes the course. `doing` tells others what goes on, as in
    "grading 1-tensors"; with `wait` it is begun as soon as the other one has ended. What the
    course has recorded is kept first, for `autograder undo`.

    Raises SomebodyWrites, and Refused where nothing can be written. A process that holds the lock
    may take it again.
    """
    path = str(course.private / _NAME)
    held = _held.get(path)
    begins = held is None
    if held is None:
        held = _held[path] = _Held(_locked(course, path, doing, wait, say), 0)
    held.depth += 1
    # The others of a group replace what this one writes.
    umask = os.umask(0o002) if begins and course.is_shared else None
    try:
        if begins:
            _keep(course, doing)
        yield
    finally:
        if umask is not None:
            os.umask(umask)
        held.depth -= 1
        if not held.depth:
            del _held[path]
            # Not removed: another one may wait for this very file.
            with contextlib.suppress(OSError):
                held.file.truncate(0)
                held.file.close()


def _keep(course: Course, doing: str) -> None:
    try:
        keep_snapshot(course, doing)
    except OSError as problem:
        fact = f"No snapshot of the course could be kept ({problem.strerror or problem})."
        raise Refused(fact, f"Make room on the disk of {course.private}.") from problem


def _locked(
    course: Course, path: str, doing: str, wait: bool, say: Callable[[str], None]
) -> IO[str]:
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, course.secret_mode), "r+")
    except OSError as problem:
        fact = f"{path} cannot be written ({problem.strerror})."
        raise Refused(fact, "Give yourself the right to write there.") from problem
    told = ""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            who = _who(file)
            if not wait:
                file.close()
                mend = "Try again when it has ended."
                raise SomebodyWrites(f"{who}: nothing was begun.", mend) from None
            # One that is about to let go names itself no more.
            if not told or who not in (told, _SOMEBODY):
                told = who
                say(f"{who}: waiting until it has ended …")
            time.sleep(_LOOK_AGAIN_S)
    me = {
        "who": f"{getpass.getuser()}@{socket.gethostname()}",
        "process": os.getpid(),
        "doing": doing,
        "since": datetime.now().astimezone().isoformat(timespec="minutes"),
    }
    # On a full disk nobody is told who it is; the lock holds all the same.
    with contextlib.suppress(OSError):
        file.seek(0)
        file.truncate()
        file.write(json.dumps(me))
        file.flush()
    return file


def _who(file: IO[str]) -> str:
    try:
        file.seek(0)
        found = json.loads(file.read())
        since = datetime.fromisoformat(found["since"])
        return (
            f"{found['who']} is {found['doing']} since {since:%H:%M} (process {found['process']})"
        )
    except (ValueError, KeyError, TypeError):
        return _SOMEBODY


def _let_go() -> None:
    """In a forked child: it would keep the lock for as long as it lives."""
    for held in _held.values():
        with contextlib.suppress(OSError):
            os.close(held.file.fileno())
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
