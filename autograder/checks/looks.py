"""What several exercises ask for: a closer look at a wrong answer, a number whatever its type, what
came back as a hint is chosen by.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from autograder.expect import Mismatch, expect
from autograder.namespace.calls import not_noted
from autograder.namespace.failures import StudentError, StudentFailure

Trial = tuple[Callable[[], Any], Any, str]
"""A call of the answer, what is right for it by hand, and the hint that proposes it."""


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


def as_number(result: Any) -> Any:
    """The number that a result stands for, the result itself where it stands for none."""
    number = number_of(result)
    return result if number is None else number


def real_numbers(result: Any, shape: tuple[int, ...]) -> torch.Tensor | None:
    """A result in float64 and without a graph, to choose a hint by; None for all but real numbers
    of this shape on the CPU.
    """
    if (
        isinstance(result, torch.Tensor)
        and result.shape == shape
        and result.device.type == "cpu"
        and not result.is_complex()
    ):
        return result.detach().double()
    return None


def alike(
    actual: Any, expected: Any, *, rtol: float | None = None, atol: float | None = None
) -> bool:
    """Whether `expect` takes the two for the same, to choose a hint by."""
    try:
        expect(actual, expected, name="it", rtol=rtol, atol=atol)
    except Mismatch:
        return False
    return True


def shown_by(*trials: Trial, other: str | None = None) -> str | None:
    """The hint of the first trial that shows the fault; `other` where none does.

    A hint that proposes a trial helps nobody whose answer is right in it. The trials are made where
    the hint is asked for, so hand this to `hints` as a function:

    >>> by_hand = "By hand one of the rows [[1, 3], [4, 2]] has class 0. What is your count?"
    >>> with hints(values=lambda: shown_by((lambda: student.count_zeros(rows), 1, by_hand))):
    ...     expect(student.count_zeros(logits), 7)
    """
    for call, right, hint in trials:
        try:
            with not_noted():
                shown = not alike(call(), right)
        except StudentFailure:
            shown = True
        if shown:
            return hint
    return other


def is_rounded(result: Any, right: float) -> bool:
    """Whether a result is a number with fewer digits that is right otherwise."""
    number = number_of(result)
    if number is None or number == right:
        return False
    return any(abs(number - round(right, digits)) <= 1e-9 for digits in range(6))
