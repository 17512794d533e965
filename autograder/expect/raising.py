"""`expect` and `require`: what a check calls. They raise a `Mismatch`, and only that; `hints` says
which hint fits which of them.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from autograder.expect import label
from autograder.expect.compare import Difference, Tolerance, compare, is_near

# A function without `return` gives None, whatever else may be wrong in it.
NO_RETURN = "None came back. Is a return missing, or is what it returns None itself?"
RETURNED = "Is this what you mean to return?"


class Mismatch(AssertionError):
    """An answer that is not what was expected.

    `fact` holds no value and may be shown for a hidden check; `detail` holds both values;
    `hint` is a question for the student, or None; `compared` are the two values, as they came and
    as they were expected, where there are two. `near`: they would be taken as equal, were the
    tolerance one step wider.
    """

    def __init__(
        self,
        fact: str,
        *,
        detail: str | None = None,
        hint: str | None = None,
        kind: str = "fact",
        compared: tuple[Any, Any] | None = None,
        near: bool = False,
    ) -> None:
        self.fact = fact
        self.detail = detail or fact
        self.hint = hint
        self.kind = kind
        self.compared = compared
        self.near = near
        super().__init__(self.detail if hint is None else f"{self.detail}\nHint: {hint}")

    def _render_traceback_(self) -> list[str]:
        """Called by IPython in a student's notebook: the sentence, without our own frames."""
        lines = [f"Not yet: {self.detail}"]
        return lines if self.hint is None else [*lines, f"Hint: {self.hint}"]


def expect(
    actual: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    hint: str | None = None,
    name: str | None = None,
) -> None:
    """Compares in the order type, shape, dtype, device, requires_grad, values; raises Mismatch.

    `name` is what the sentence speaks of; by itself it is the source of the first argument.
    `rtol` and `atol` are as in `torch.testing.assert_close`, whose defaults hold for tensors;
    floats may lie 1e-4 of their size apart.

    >>> expect(2 + 2, 4)
    """
    tolerance = Tolerance(rtol=rtol, atol=atol)
    difference = compare(actual, expected, tolerance)
    if difference is not None:
        subject = name or label.of_first_argument(sys._getframe(1))
        if actual is None and difference.kind == "type":
            hint = NO_RETURN
        near = difference.kind == "values" and is_near(actual, expected, tolerance)
        raise _mismatch(subject, difference, hint, near=near) from None


@contextlib.contextmanager
def hints(**by_kind: str | Callable[[], str | None] | None) -> Iterator[None]:
    """Gives a mismatch within the hint for its kind: type, length, shape, dtype, device, values.
    A result of None keeps the one that `expect` has for it. A hint that is a function is asked for
    one, by nobody whose answer is right.

    >>> with hints(shape="Are all axes of the array still there?"):
    ...     expect(2 + 2, 4)
    """
    try:
        yield
    except Mismatch as found:
        if found.hint != NO_RETURN:
            hint = by_kind.get(found.kind, RETURNED if found.kind == "type" else None)
            found.hint = hint() if callable(hint) else hint
        raise


def _mismatch(subject: str, difference: Difference, hint: str | None, *, near: bool) -> Mismatch:
    whole = _part_of(subject, difference.where) if difference.where else subject
    return Mismatch(
        f"{whole} {difference.fact}.",
        detail=f"{whole} {difference.detail}.",
        hint=hint,
        kind=difference.kind,
        compared=difference.compared,
        near=near,
    )


def _part_of(subject: str, where: str) -> str:
    if subject == label.FALLBACK:
        return f"{subject} at {where}"
    # Brackets go on from an expression, "history[0]"; after words they would be misread.
    if " " not in subject or subject.endswith((")", "]")):
        return f"{subject}{where}"
    return f"{subject.rstrip(',')}, at {where},"


def require(condition: bool, fact: str, *, hint: str | None = None) -> None:
    """Raises Mismatch with `fact` unless the condition holds. `fact` is shown: no hidden value.

    Raises TypeError for a condition that is no truth value: an object of the student's process
    must never count as one.
    """
    if not isinstance(condition, (bool, np.bool_, torch.Tensor)):
        raise TypeError(f"require wants True or False, not {type(condition).__name__}")
    if not bool(condition):
        raise Mismatch(fact, hint=hint)
