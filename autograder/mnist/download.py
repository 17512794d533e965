"""torchvision's download, in a process of its own that is ended when nothing comes any more.

In this process it could neither be stopped (a name that does not resolve, a server that sends
a byte a minute) nor given a time limit without changing every socket of the program.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias

from autograder.errors import KitError
from autograder.mnist.fetch import MARK

Say: TypeAlias = Callable[[str], object]
Downloader: TypeAlias = Callable[[Path, Say], None]
_Lines: TypeAlias = "queue.SimpleQueue[str | None]"

PROGRAM: Final = (sys.executable, str(Path(__file__).with_name("fetch.py")))
# Longer than fetch.py's own limit on a silent connection, which lets it try the next mirror.
STALL_S: Final = 30
LIMIT_S: Final = 300


def download_by_torchvision(
    folder: Path,
    say: Say,
    *,
    program: Sequence[str] = PROGRAM,
    mirrors: Sequence[str] = (),
    stall_s: float = STALL_S,
    limit_s: float = LIMIT_S,
) -> None:
    """Puts MNIST into `folder` in torchvision's layout; raises KitError with what was tried.

    Without `mirrors` it tries torchvision's own. What an ended download leaves in `folder` is
    for the caller to remove.
    """
    process = subprocess.Popen(
        [*program, str(folder.absolute()), *mirrors],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        encoding="utf-8",
        errors="replace",
    )
    with process, _lines_of(process) as lines:
        complaints = _listen(lines, say, stall_s=stall_s, limit_s=limit_s)
        failed = process.wait() != 0
    if failed:
        said = "; ".join(complaints) or "it ended without a word"
        raise KitError(f"torchvision's download ({said}).")


@contextmanager
def _lines_of(process: subprocess.Popen[str]) -> Iterator[_Lines]:
    """The process's lines as they come, None after the last. Ends the process when left."""
    assert process.stdout is not None
    lines: _Lines = queue.SimpleQueue()
    pump = threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True)
    pump.start()
    try:
        yield lines
    finally:
        process.kill()
        pump.join()


def _pump(stream: IO[str], lines: _Lines) -> None:
    """Reads to the end. Progress bars come as lines too: text mode ends a line at `\\r`."""
    for line in stream:
        lines.put(line)
    lines.put(None)


def _listen(lines: _Lines, say: Say, *, stall_s: float, limit_s: float) -> list[str]:
    """Passes on what the process tells people, until it ends; gives its complaints."""
    told: list[str] = []
    deadline = time.monotonic() + limit_s
    try:
        while (line := _next_line(lines, deadline, stall_s)) is not None:
            if line.startswith(MARK):
                told.append(line.removeprefix(MARK).strip())
                say(f"MNIST by torchvision: {told[-1]}.")
    except TimeoutError as problem:
        last = told[-1] if told else "starting"
        raise KitError(f"torchvision's download ({last}: {problem}).") from None
    return [sentence for sentence in told if not sentence.startswith("trying ")]


def _next_line(lines: _Lines, deadline: float, stall_s: float) -> str | None:
    left_s = max(0.0, deadline - time.monotonic())
    try:
        return lines.get(timeout=min(stall_s, left_s))
    except queue.Empty:
        why = f"nothing came for {stall_s:g} s" if stall_s <= left_s else "not done in time"
        raise TimeoutError(why) from None
