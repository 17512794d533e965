"""An exception in a check's own code: the failure of the answer, or a fault of the check."""

from __future__ import annotations

import ast
import os
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from autograder.checks.known_errors import meaning_of
from autograder.checks.trail import Trail, is_below, is_in, place_of
from autograder.expect.label import expression
from autograder.expect.printable import printable
from autograder.expect.words import kind_of
from autograder.namespace.failures import SolutionFailed, StudentFailure
from autograder.namespace.observed import form_in_words
from autograder.namespace.space import MAX_OBSERVED, Handle, Space
from autograder.results import Observed

_FULL_TEXT = 6000
_LINE = 1000
_OF_FORM = (AttributeError, TypeError, IndexError, KeyError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Where an exception was met: the check files, the check, and what had come back by then."""

    folder: Path
    check: str = ""
    trail: Trail = field(default_factory=Trail)
    observed: Sequence[Observed] = ()
    student: Space | None = None
    solution: Space | None = None


def failure_of_the_answer(problem: BaseException, scene: Scene) -> str:
    """What is wrong with the answer, "" where the exception is the check's own fault.

    It is the answer's failure where the same expression went well with the reference under the
    same draws, where what came back had another form, and where the exception is of the kind that
    another form leads to: an attribute, an item or a value that is not there. So a division by
    zero, a name that nobody defined or a branch that the reference never reached stays the check's.
    """
    step = _last_step(problem, scene.folder)
    if step is None:
        return ""
    called = _called_by_name(problem, step, scene)
    if called:
        return called
    place = place_of(step.tb_frame.f_code, step.tb_lasti)
    if not _is_of_form(problem) or place not in scene.trail.places:
        return ""
    forms = _other_form(scene)
    return "" if forms is None else _in_words(problem, step, *forms)


def where(problem: BaseException, folder: Path) -> str:
    """The line of a check file that an exception came from: `test_one.py, line 12`."""
    step = _last_step(problem, folder)
    if step is None:
        return ""
    return f"{os.path.basename(step.tb_frame.f_code.co_filename)}, line {step.tb_lineno}"


def full_text(problem: BaseException, folder: Path) -> str:
    """The traceback from the check on, for the instructor."""
    frames = traceback.extract_tb(problem.__traceback__)
    first = next((i for i, f in enumerate(frames) if is_below(f.filename, folder)), 0)
    lines = traceback.format_list(frames[first:]) + traceback.format_exception_only(problem)
    text = "".join(lines).replace(f"{folder}{os.sep}", "")[-_FULL_TEXT:]
    # An exception's text may hold what a student's process wrote.
    return "\n".join(printable(line, _LINE) for line in text.splitlines())


def _last_step(problem: BaseException, folder: Path) -> TracebackType | None:
    """The innermost frame of a check file: below it are torch's, pytest's and the kit's own."""
    step, found = problem.__traceback__, None
    while step is not None:
        if is_in(step.tb_frame.f_code, folder):
            found = step
        step = step.tb_next
    return found


def _is_of_form(problem: BaseException) -> bool:
    if isinstance(problem, SolutionFailed):
        return False
    if isinstance(problem, (ValueError, RuntimeError)):
        # Python's words for unpacking, torch's for sizes and dtypes.
        return meaning_of(str(problem)) is not None
    return isinstance(problem, _OF_FORM)


def _other_form(scene: Scene) -> tuple[str, str] | None:
    """The first thing that came back in another form than from the reference, and that one's form,
    which is "" where the reference gave nothing more.
    """
    expected = scene.trail.forms.get(scene.check)
    if expected is None:
        return None
    # Of very many the middle is not kept, and places say nothing.
    some_left_out = len(scene.observed) >= MAX_OBSERVED
    for place, line in enumerate(scene.observed):
        wanted = expected[place] if place < len(expected) else ""
        if line.kind != wanted and not (some_left_out and line.kind in expected):
            return line.kind, wanted
    return None


def _in_words(problem: BaseException, step: TracebackType, form: str, wanted: str) -> str:
    what, expected = form_in_words(form), form_in_words(wanted)
    if not what:
        return "The answer has another form than the solution's."
    if what == expected:
        return f"Something in the answer, {what}, has another form than in the solution's."
    same_request = form.partition(" ")[0] == wanted.partition(" ")[0]
    rest = f"expected {expected}" if same_request else "which is not what the solution gives"
    if isinstance(problem, AttributeError) and problem.name and step.tb_next is None:
        return f"The answer has no `.{printable(problem.name, 40)}`: it is {what}, {rest}."
    return f"The answer is {what}, {rest}."


def _called_by_name(problem: BaseException, step: TracebackType, scene: Scene) -> str:
    """For a call of a name under which the notebook has plain data and the solution a function."""
    if not isinstance(problem, TypeError) or step.tb_next is not None:
        return ""
    match expression(step.tb_frame.f_code, step.tb_lasti):
        case ast.Call(func=ast.Attribute(value=ast.Name(id=variable), attr=name)):
            space = step.tb_frame.f_locals.get(variable)
            if isinstance(space, Space) and space is scene.student:
                return _instead_of_a_function(name, scene)
    return ""


def _instead_of_a_function(name: str, scene: Scene) -> str:
    try:
        value, wanted = getattr(scene.student, name), getattr(scene.solution, name)
    except (StudentFailure, SolutionFailed):
        return ""
    if isinstance(value, Handle) or not isinstance(wanted, Handle):
        return ""
    return not_a_function(name, kind_of(value))


def not_a_function(name: str, kind: str) -> str:
    """The sentence on a call of what cannot be called."""
    what = f"`{name}`" if name else "What the check calls"
    return f"{what} is {kind} here, not a function."
