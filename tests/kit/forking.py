"""An executor whose workers are forked from the tests' own process, patched as that is."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import ProcessPoolExecutor
from typing import Any

from autograder.marking import worker


def forked_processes(workers: int) -> Executor:
    """As another executor than the kit's would be: one that breaks as a whole if a worker dies."""
    context = multiprocessing.get_context("fork")
    return _Forked(workers, mp_context=context, initializer=worker.become_template)


class _Forked(ProcessPoolExecutor):
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What was forked is a template itself, and needs none of its own."""
        return super().submit(_work, *args, **kwargs)


def _work(task: Any) -> Any:
    return worker.work(task)
