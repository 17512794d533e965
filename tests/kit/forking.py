"""An executor whose workers are forked from the tests' own process, patched as that is."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor
from concurrent.futures.process import ProcessPoolExecutor

from autograder.marking import worker


def forked_processes(workers: int) -> Executor:
    """As another executor than the kit's would be: one that breaks as a whole if a worker dies."""
    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=worker.become_template)
