"""Failures that a check states without `expect`: a plain `assert`, pytest's, torch's and NumPy's.

An author's own words reach students. What torch, NumPy and pytest say of two values holds the
hidden ones: of that only lines without a value do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pytest
import torch

from autograder.checks.trail import is_in

UNSAID = "An assertion of this check does not hold."
# pytest's explanation stands below the author's words, whose own further lines it indents.
_EXPLAINED = "\nassert "
_SIZE = r"[0-9]{1,15}"
# Lines of torch.testing.assert_close that hold no value: torch/testing/_comparison.py.
_WITHOUT_VALUES = re.compile(
    r"Tensor-likes are not (?:close|equal)!|Scalars are not (?:close|equal)!|"
    rf"Mismatched elements: {_SIZE} / {_SIZE} \([0-9.]{{1,6}}%\)|"
    r"The values for attribute '(?:shape|dtype|device|layout)' do not match: "
    r"[A-Za-z0-9_.:()\[\], ]{1,80} != [A-Za-z0-9_.:()\[\], ]{1,80}|"
    rf"The length of the sequences (?:mismatch|do not match): {_SIZE} != {_SIZE}\.?|"
    rf"The failure occurred for item \[{_SIZE}\]"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What an assertion says: to students, and in full, with both values, to TAs."""

    for_students: str
    full: str


def is_assertion(problem: BaseException) -> bool:
    """Whether it states that something does not hold: an `assert`, `pytest.fail` or the like."""
    return isinstance(problem, (AssertionError, pytest.fail.Exception))


def stated(problem: BaseException, folder: Path) -> Stated:
    """What an assertion of a check in `folder` says to each reader."""
    text = str(problem)
    own, explained, _ = text.partition(_EXPLAINED)
    if isinstance(problem, pytest.fail.Exception):
        words = text
    elif _is_the_checks_own(problem, folder):
        words = own if explained or not text.startswith("assert ") else ""
    else:
        words = _message_given(problem) or _without_values(text)
    return Stated(for_students=_in_a_row(words) or UNSAID, full=_in_a_row(text))


def _is_the_checks_own(problem: BaseException, folder: Path) -> bool:
    step = problem.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and is_in(step.tb_frame.f_code, folder)


def _message_given(problem: BaseException) -> str:
    """The author's own words, given to `torch.testing.assert_close` as `msg`."""
    step: TracebackType | None = problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code is torch.testing.assert_close.__code__:
            given = step.tb_frame.f_locals.get("msg")
            return given if isinstance(given, str) else ""
        step = step.tb_next
    return ""


def _without_values(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if _WITHOUT_VALUES.fullmatch(line))


def _in_a_row(text: str) -> str:
    return " ".join(text.split())
