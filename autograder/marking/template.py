"""A process without threads, started by one that may have some, which works in its place."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import weakref
from multiprocessing.connection import Connection
from typing import Any

from autograder.errors import NotGraded, to_plain
from autograder.marking import worker
from autograder.marking.worker import PROBLEM, Task


class Template:
    """The process, from the side of who started it. It ends when this object does."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", __name__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self.line: Connection[Task, dict[str, Any]] = Connection(ours.detach())
        # Also at the end of this process, when little else is there any more.
        self._end = weakref.finalize(self, _end, self.line, self.process)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def work(self, task: Task) -> dict[str, Any]:
        """Has a task done; a process that ends meanwhile is a problem of the kit's."""
        try:
            self.line.send(task)
            return self.line.recv()
        except (EOFError, OSError):
            self.close()
            why = "the process that judges has ended"
            return {PROBLEM: to_plain(NotGraded(why, "Try again; the system's log may say why."))}
        except BaseException:
            self.close()  # The answer to come would be taken for the next task's.
            raise

    def close(self) -> None:
        """Ends the process, which puts away what it has made."""
        self._end()


def _end(line: Connection[Task, dict[str, Any]], process: subprocess.Popen[bytes]) -> None:
    line.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()


def main() -> None:
    """`python -m autograder.marking.template DESCRIPTOR`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker.become_template()
    line: Connection[dict[str, Any], Task] = Connection(int(sys.argv[1]))
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            line.send(worker.work(line.recv(), caller=line.fileno()))
    worker.close_benches()


if __name__ == "__main__":
    main()
