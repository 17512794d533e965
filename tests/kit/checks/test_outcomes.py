"""What each end of a check means: its outcome and the exact sentences for each reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.checks.faults import Scene
from autograder.checks.outcomes import ending_of
from autograder.expect.raising import Mismatch
from autograder.namespace.failures import (
    MissingName,
    NotCallable,
    StudentDied,
    StudentError,
    StudentTimeout,
)
from autograder.results import Outcome, Reader

WAITS = "This check could not judge the answer: a person will look at it."
SCENE = Scene(folder=Path("checks"))
SIZES = "batch_size (2) to match target batch_size (4)"
DELETED = "Was its cell deleted, renamed or stopped by an error?"


def place(number: int, line: str) -> str:
    return f"Line {number} of half: {line}" if line else ""


# The problem; the outcome, the sentences for students, those for TAs, the hint.
GOLDEN: list[tuple[BaseException, Outcome, list[str], list[str], str | None]] = [
    (
        Mismatch("half(8) is not the expected number.", detail="half(8) is 3, expected 4."),
        Outcome.FAILED,
        ["half(8) is not the expected number."],
        ["half(8) is 3, expected 4."],
        None,
    ),
    (
        Mismatch("m was changed.", hint="Clone it."),
        Outcome.FAILED,
        ["m was changed."],
        [],
        "Clone it.",
    ),
    (
        StudentError("ZeroDivisionError", "division by zero", 3, "return 1 / 0"),
        Outcome.ERROR,
        ["Your code raised ZeroDivisionError. Line 3 of half: return 1 / 0"],
        ["ZeroDivisionError: division by zero"],
        "Something was divided by zero.",
    ),
    (
        StudentError("ValueError", f"Expected input {SIZES}."),
        Outcome.ERROR,
        ["Your code raised ValueError."],
        [f"ValueError: Expected input {SIZES}."],
        "The loss got logits and labels of different numbers of images.",
    ),
    (
        StudentError("ValueError", "the hidden input is 0.123", 3, "raise ValueError(x)"),
        Outcome.ERROR,
        ["Your code raised ValueError. Line 3 of half: raise ValueError(x)"],
        ["ValueError: the hidden input is 0.123"],
        "A step gets a value or a size that it cannot take. What does it get here?",
    ),
    (
        StudentError("TheHiddenInputIs7", "", 0, ""),
        Outcome.ERROR,
        ["Your code raised an exception of its own."],
        ["TheHiddenInputIs7: "],
        None,
    ),
    (
        StudentError("print", ""),
        Outcome.ERROR,
        ["Your code raised an exception of its own."],
        ["print: "],
        None,
    ),
    (
        StudentError("OutOfMemoryError", "\x1b[2Jfull"),
        Outcome.ERROR,
        ["Your code raised OutOfMemoryError."],
        ["OutOfMemoryError: �[2Jfull"],
        None,
    ),
    (
        StudentError("UnpicklingError", "Weights only load failed"),
        Outcome.ERROR,
        ["Your code raised UnpicklingError."],
        ["UnpicklingError: Weights only load failed"],
        None,
    ),
    (
        StudentError("NotImplementedError", ""),
        Outcome.ERROR,
        ["Not answered yet: the cell still raises NotImplementedError."],
        [],
        None,
    ),
    (
        StudentError("NotImplementedError", "not for Long"),
        Outcome.ERROR,
        ["Your code raised NotImplementedError."],
        ["NotImplementedError: not for Long"],
        "PyTorch refuses this step with what it gets here. What does the step take?",
    ),
    (
        StudentError("SystemExit", "0"),
        Outcome.ERROR,
        ["Your code raised SystemExit."],
        ["SystemExit: 0"],
        None,
    ),
    (
        MissingName("half", ["halve", "hafl"]),
        Outcome.ERROR,
        ["The notebook defines no half."],
        [],
        "Is hafl a misspelling of it?",
    ),
    (
        MissingName("half", ["double"]),
        Outcome.ERROR,
        ["The notebook defines no half."],
        [],
        DELETED,
    ),
    (
        MissingName("half", ["hal\x1bf"]),
        Outcome.ERROR,
        ["The notebook defines no half."],
        [],
        DELETED,
    ),
    (
        StudentTimeout(2.5),
        Outcome.TIMEOUT,
        ["A call ran longer than 2.5 s and was stopped."],
        [],
        "Is there a loop that never ends, or work that is done again and again?",
    ),
    (
        StudentDied("memory limit of 2,048 MB"),
        Outcome.DIED,
        ["The kernel ended while this was checked (memory limit of 2,048 MB)."],
        [],
        None,
    ),
    (
        StudentDied("a\x1b\n" + "b" * 200),
        Outcome.DIED,
        [f"The kernel ended while this was checked (a��{'b' * 116}…)."],
        [],
        None,
    ),
    (StudentDied(), Outcome.DIED, ["The kernel ended while this was checked."], [], None),
    (
        NotCallable("half", "an object of type Linear", "'Linear' object is not callable"),
        Outcome.ERROR,
        ["`half` is an object of type Linear here, not a function."],
        [],
        None,
    ),
    (
        NotCallable("", "a tensor"),
        Outcome.ERROR,
        ["What the check calls is a tensor here, not a function."],
        [],
        None,
    ),
    (
        TypeError("a handle is neither true nor false"),
        Outcome.UNDECIDED,
        [WAITS],
        [
            "The check itself raised TypeError: a handle is neither true nor false.",
            "TypeError: a handle is neither true nor false",
        ],
        None,
    ),
    (
        ValueError("0.123 \x1b[2J"),
        Outcome.UNDECIDED,
        [WAITS],
        ["The check itself raised ValueError: 0.123 �[2J.", "ValueError: 0.123 �[2J"],
        None,
    ),
    (
        AssertionError("Not equal to tolerance\nACTUAL: 0.5\nDESIRED: 0.25"),
        Outcome.FAILED,
        ["An assertion of this check does not hold."],
        ["Not equal to tolerance ACTUAL: 0.5 DESIRED: 0.25"],
        None,
    ),
    (
        SystemExit(0),
        Outcome.UNDECIDED,
        [WAITS],
        ["The check itself raised SystemExit: 0.", "SystemExit: 0"],
        None,
    ),
]


@pytest.mark.parametrize(
    ("problem", "outcome", "for_students", "for_tas", "hint"),
    GOLDEN,
    ids=[f"{type(row[0]).__name__} {str(row[0])[:30]!a}" for row in GOLDEN],
)
def test_an_end_has_this_outcome_and_these_sentences(
    problem: BaseException,
    outcome: Outcome,
    for_students: list[str],
    for_tas: list[str],
    hint: str | None,
) -> None:
    ending = ending_of(problem, place, SCENE)

    by_reader: dict[Reader, list[str]] = {reader: [] for reader in Reader}
    for sentence in ending.sentences:
        by_reader[sentence.reader].append(sentence.text)
    assert (ending.outcome, ending.hint) == (outcome, hint)
    assert by_reader == {
        Reader.STUDENT: for_students,
        Reader.TA: for_tas,
        Reader.INSTRUCTOR: [],
    }


@pytest.mark.parametrize(
    "problem",
    [StudentError("E" * 10**6, "m" * 10**6, 1, "l"), Mismatch("fact", detail="d" * 10**6)],
    ids=["raised", "failed"],
)
def test_no_sentence_is_endless(problem: Any) -> None:
    assert max(len(s.text) for s in ending_of(problem, place, SCENE).sentences) < 1100
