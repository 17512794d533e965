"""What several exercises ask for: a closer look at a wrong answer, a number whatever its type."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from autograder.namespace.calls import not_noted
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
        with contextlib.suppress(StudentFailure), not_noted():
            look()
        raise


def number_of(result: Any) -> float | None:
    """The number that a result stands for, whatever its type; None for all else."""
    if isinstance(result, torch.Tensor) and result.numel() == 1 and result.device.type == "cpu":
        result = result.item()
    if isinstance(result, (bool, str, np.ndarray)):
        return None
    try:
        return float(result)
    except (TypeError, ValueError, OverflowError):
        return None
