"""A closer look at an answer that a check has found wrong, to tell why it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from autograder.namespace.failures import StudentError, StudentFailure


@contextlib.contextmanager
def closer_look(look: Callable[[], object]) -> Iterator[None]:
    """Where the block within finds an answer wrong, looks once more, then lets the finding go on.

    What comes back from the student's side during `look` joins the answer's fingerprint, and so
    tells mistakes apart that fail the same checks in the same way. It changes no outcome, and an
    answer that passes pays nothing for it. An exception in the student's code there is one more
    thing observed.
    """
    try:
        yield
    except (AssertionError, StudentError):
        with contextlib.suppress(StudentFailure):
            look()
        raise
