"""`work`: one task in any process, anywhere. It keeps what it was brought, and no other state.

A process that our own executor or `template` has started does the work in a child of its own. Any
other (a Jupyter server, nbgrader's command, a worker of Dask) has threads, and a fork of it could
hang: there a template process does it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch

from autograder.course.digits import shown_folder
from autograder.course.packed import Packed, lie_at, note_shown
from autograder.diagnosis.library import Known
from autograder.errors import KitError, to_plain
from autograder.marking.bench import Bench, write_files
from autograder.marking.child import Budget, Overrun, in_child
from autograder.marking.jobs import Job

DONE, MISSING, OVERRUN, PROBLEM, STUMBLED = "done", "missing", "overrun", "problem", "stumbled"
_KEPT: Final = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A job, and the keys of what it is done with; `brought` are those that were asked for.

    `shown` is the key of the digits that kernels see, and `shown_at` where they lie on the machine
    that sends the task.
    """

    job: Job
    packed: str
    known: str
    shown: str
    shown_at: str
    budget: Budget
    brought: Mapping[str, Any] = field(default_factory=dict)


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
_of_thread = threading.local()


def become_template() -> None:
    """Says that this process has no threads, and forks for each task."""
    global _is_template
    _is_template = True
    torch.set_num_threads(1)


def bring(key: str, thing: Any) -> None:
    """Keeps something that tasks will need, for this process and those forked from it."""
    _brought.put(key, thing)


def work(task: Task, *, caller: int = -1) -> dict[str, Any]:
    """Does a task; what came of it, by one of the words above. Raises nothing of a job's."""
    if not _is_template:
        return _template().work(task)
    for key, thing in task.brought.items():
        bring(key, thing)
    missing = _missing(task)
    if missing:
        return {MISSING: missing}
    try:
        bench = _bench(task)
        known = _brought.get(task.known)
        return dict(in_child(lambda: _done(task.job, bench, known), task.budget, caller=caller))
    except Overrun as problem:
        return {OVERRUN: str(problem)}
    except KitError as problem:
        return {PROBLEM: to_plain(problem)}


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
    bench = _benches.get(task.packed)
    if bench is None:
        packed: Packed = _brought.get(task.packed)
        shown = _shown(task)
        assert shown is not None, "else it is missing"
        bench = Bench(packed, shown)
        _benches.put(task.packed, bench)
    return bench


def close_benches() -> None:
    """Removes what this process has unpacked."""
    for bench in _benches.things.values():
        bench.close()
    _benches.things.clear()


def _done(job: Job, bench: Bench, known: Known) -> dict[str, Any]:
    """Runs in: the child."""
    try:
        return {DONE: job.do(bench, known)}
    except KitError as problem:
        return {PROBLEM: to_plain(problem)}
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return {STUMBLED: f"the machine refused it: {problem.strerror or problem}{where}"}
    except Exception as problem:  # noqa: BLE001 - told, and the others of the class go on
        return {STUMBLED: f"the kit stumbled over it: {type(problem).__name__}: {problem}"}


def end_template() -> None:
    """Ends the process that worked in the place of this thread, if there is one."""
    template = _of_thread.__dict__.pop("template", None)
    if template is not None:
        template.close()


def _template() -> Any:
    from autograder.marking.template import Template

    template: Template | None = getattr(_of_thread, "template", None)
    if template is None or not template.alive:
        template = _of_thread.template = Template()
    return template
