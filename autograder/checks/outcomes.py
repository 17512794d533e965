"""What a check's end means: an outcome, the sentences for each reader, a hint."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass

from autograder.checks.assertions import UNSAID, is_assertion, stated
from autograder.checks.faults import (
    Scene,
    failure_of_the_answer,
    full_text,
    not_a_function,
    where,
)
from autograder.checks.known_errors import exception_name, meaning_of, meaning_of_kind
from autograder.expect.printable import printable
from autograder.expect.raising import Mismatch
from autograder.namespace.failures import (
    MissingName,
    NotCallable,
    StudentDied,
    StudentError,
    StudentTimeout,
)
from autograder.results import Outcome, Reader, Sentence

QuoteLine = Callable[[int, str], str]
"""Gives the place of a line in the student's notebook, or "" where it stands nowhere there."""

WAITS = "This check could not judge the answer: a person will look at it."
_TEXT = 300
_TEXT_FOR_TA = 1000
_UNDEFINED = re.compile(r"name '([A-Za-z_][A-Za-z_0-9]{0,60})' is not defined")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """How a check ended."""

    outcome: Outcome
    sentences: tuple[Sentence, ...] = ()
    hint: str | None = None
    near: bool = False


def ending_of(
    problem: BaseException,
    quote_line: QuoteLine,
    scene: Scene,
    why_missing: Callable[[str, str], str] = lambda _exercise, _name: "",
    exercise: str = "",
) -> Ending:
    """The ending that an exception out of a check of `exercise` stands for.

    `why_missing` says how the cell ended that should have defined a name: where it raised, that is
    the cause, and nothing is guessed.
    """
    match problem:
        case Mismatch():
            return _failed(problem)
        case NotCallable():
            return _said(Outcome.ERROR, not_a_function(problem.name, problem.kind))
        case StudentError():
            return _raised(problem, quote_line, why_missing)
        case MissingName():
            return _missing(problem, why_missing(exercise, problem.name))
        case StudentTimeout():
            fact = f"A call ran longer than {problem.wall_s:g} s and was stopped."
            hint = "Is there a loop that never ends, or work that is done again and again?"
            return _said(Outcome.TIMEOUT, fact, hint=hint)
        case StudentDied():
            why = f" ({printable(problem.why, 120)})" if problem.why else ""
            return _said(Outcome.DIED, f"The kernel ended while this was checked{why}.")
    return _stated(problem, scene) if is_assertion(problem) else _in_the_check(problem, scene)


def _said(
    outcome: Outcome, fact: str, *for_ta: str, hint: str | None = None, holds_values: bool = False
) -> Ending:
    """An ending in words; `holds_values` where those for TAs show what was expected."""
    sentences = [Sentence(text=fact)]
    sentences += [
        Sentence(text=text, reader=Reader.TA, holds_values=holds_values) for text in for_ta if text
    ]
    return Ending(outcome=outcome, sentences=tuple(sentences), hint=hint)


def _failed(problem: Mismatch) -> Ending:
    detail = problem.detail if problem.detail != problem.fact else ""
    detail = printable(detail, 400)
    ending = _said(Outcome.FAILED, problem.fact, detail, hint=problem.hint, holds_values=True)
    return dataclasses.replace(ending, near=problem.near)


def _missing(problem: MissingName, cause: str) -> Ending:
    if cause:
        return _said(Outcome.ERROR, f"The notebook defines no {problem.name}: {cause}.")
    fact = f"The notebook defines no {problem.name}."
    if problem.similar.isidentifier():
        return _said(
            Outcome.ERROR, fact, hint=f"Is {printable(problem.similar)} a misspelling of it?"
        )
    return _said(Outcome.ERROR, fact, hint="Was its cell deleted, renamed or stopped by an error?")


def _raised(
    problem: StudentError, quote_line: QuoteLine, why_missing: Callable[[str, str], str]
) -> Ending:
    if problem.type_name == "NotImplementedError" and not problem.message:
        return _said(Outcome.ERROR, "Not answered yet: the cell still raises NotImplementedError.")
    name = exception_name(problem.type_name)
    known = meaning_of(problem.message)
    place = quote_line(problem.line_number, problem.line)
    undefined = _UNDEFINED.fullmatch(problem.message) if name == "NameError" else None
    # A name that the answer uses is not its own cell's to define.
    cause = why_missing("", undefined[1]) if undefined else ""
    # Only its name: what an exception says after a hidden question, the student's code has chosen.
    fact = f"Your code raised {name}.{' ' + place if place else ''}"
    full = f"{printable(problem.type_name)}: {printable(problem.message, _TEXT_FOR_TA)}"
    if cause:
        return _said(Outcome.ERROR, f"{fact} The cause: {cause}.", full)
    hint = known.meaning if known else meaning_of_kind(name)
    return _said(Outcome.ERROR, fact, full, hint=hint)


def _stated(problem: BaseException, scene: Scene) -> Ending:
    """An `assert` of the check's own, or of what it has called, that does not hold."""
    said = stated(problem, scene.folder)
    fact = printable(said.for_students, _TEXT)
    place = where(problem, scene.folder)
    full = f"{said.full} ({place})" if place else said.full
    full = printable(full, _TEXT_FOR_TA)
    return _said(Outcome.FAILED, fact or UNSAID, full, holds_values=True)


def _in_the_check(problem: BaseException, scene: Scene) -> Ending:
    """An exception in the check's own code: it never earns points, nor costs them by itself."""
    place = where(problem, scene.folder)
    told = printable(f"{type(problem).__name__}: {problem}", 300)
    told += f" ({place})" if place else ""
    failure = failure_of_the_answer(problem, scene)
    if failure:
        return _said(Outcome.FAILED, failure, f"The check raised {told}.")
    ending = _said(Outcome.UNDECIDED, WAITS, f"The check itself raised {told}.")
    # As it stands, in lines: nobody but the instructor can make use of it.
    whole = Sentence(text=full_text(problem, scene.folder), reader=Reader.TA)
    return Ending(outcome=ending.outcome, sentences=(*ending.sentences, whole))
