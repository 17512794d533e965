"""`work`: one task in a process without threads, in a child of its own.

It keeps what it was brought, and no other state. How other processes come to have work done says
`template`.
"""

from __future__ import annotations

import signal
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any, Final

import torch

from autograder.course.digits import shown_folder
from autograder.course.packed import Packed, lie_at, note_shown
from autograder.diagnosis.library import Known
from autograder.errors import KitError, to_plain
from autograder.files import write_files
from autograder.kernel.walls import linux
from autograder.marking.bench import Bench
from autograder.marking.child import Overrun, in_child
from autograder.marking.doing import do
from autograder.marking.jobs import Job
from autograder.marking.task import DONE, MISSING, OVERRUN, PROBLEM, STUMBLED, Task

_KEPT: Final = 4


class _Kept:
    """The last few things of a kind."""

    def __init__(self) -> None:
        self.things: OrderedDict[str, Any] = OrderedDict()

    def get(self, key: str) -> Any:
        if key in self.things:
            self.things.move_to_end(key)
        return self.things.get(key)

    def put(self, key: str, thing: Any) -> None:
        self.things[key] = thing
        while len(self.things) > _KEPT:
            _, dropped = self.things.popitem(last=False)
            if isinstance(dropped, Bench):
                dropped.close()


_brought = _Kept()
_benches = _Kept()
_is_template = False


def become_template() -> None:
    """Says that this process has no threads, and forks for each task."""
    global _is_template
    _is_template = True
    torch.set_num_threads(1)


def become_forked() -> None:
    """Says that this process is a worker: it ends with its template, and takes nothing along."""
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGTERM, _stop)


def _stop(_signum: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def work(task: Task, *, caller: int = -1) -> dict[str, Any]:
    """Does a task; what came of it, by one of the words of `task`. Raises nothing of a job's."""
    assert _is_template, "another process has threads: a fork of it could hang"
    said = make_ready(task)
    if said:
        return said
    bench, known = _bench(task), _brought.get(task.known)
    try:
        return dict(in_child(lambda: _done(task.job, bench, known), task.budget, caller=caller))
    except Overrun as problem:
        return {OVERRUN: str(problem)}


def make_ready(task: Task) -> dict[str, Any]:
    """Unpacks what a task is done with; empty, or what came instead, by one of these words."""
    for key, thing in task.brought.items():
        _brought.put(key, thing)
    missing = _missing(task)
    if missing:
        return {MISSING: missing}
    try:
        _bench(task)
    except KitError as problem:
        return {PROBLEM: to_plain(problem)}
    return {}


def _missing(task: Task) -> list[str]:
    missing = [key for key in (task.packed, task.known) if _brought.get(key) is None]
    return missing if _shown(task) is not None else [*missing, task.shown]


def _shown(task: Task) -> Path | None:
    """Where the digits for kernels lie on this machine."""
    files = _brought.get(task.shown)
    if files is not None:
        root = shown_folder(task.shown)
        if not lie_at(root, task.shown):
            write_files(root, files)
            note_shown(root)
        return root
    return Path(task.shown_at) if lie_at(Path(task.shown_at), task.shown) else None


def _bench(task: Task) -> Bench:
    packed: Packed = _brought.get(task.packed)
    bench: Bench | None = _benches.get(packed.key)
    if bench is None:
        shown = _shown(task)
        assert shown is not None, "else it is missing"
        bench = Bench(packed, shown)
        _benches.put(packed.key, bench)
    if bench.packed is not packed:
        bench.take(packed)
    return bench


def close_benches() -> None:
    """Removes what this process has unpacked."""
    for bench in _benches.things.values():
        bench.close()
    _benches.things.clear()


def _done(job: Job, bench: Bench, known: Known) -> dict[str, Any]:
    """Runs in: the child."""
    try:
        return {DONE: do(job, bench, known)}
    except KitError as problem:
        return {PROBLEM: to_plain(problem)}
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return {STUMBLED: f"the machine refused it: {problem.strerror or problem}{where}"}
    except Exception as problem:  # noqa: BLE001 - told, and the others of the class go on
        return {STUMBLED: f"the kit stumbled over it: {type(problem).__name__}: {problem}"}
