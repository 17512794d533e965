"""Right versions of what an answer calls, so that another exercise's mistake costs no points here.

They stand beside the student's code, and there must be nothing left to gain from keeping them:
where a class is graded, a check that lends is asked again after all first looks of all checks.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator

from autograder.namespace.calls import not_noted
from autograder.namespace.failures import StudentDied, StudentFailure, StudentTimeout
from autograder.namespace.space import (
    Space,
    define,
    ended_by_others,
    names_asked,
    reopened,
    unobserved,
)
from autograder.namespace.turns import FailedLook, Turn, next_look, turn_of

_REMOVE = """
import __main__


def remove(name):
    vars(__main__).pop(name, None)
"""
_MAY_USE = """
import __main__
from autograder.in_sandbox import reach


def may_use(roots, names):
    return reach.may_use(roots, names, vars(__main__))
"""


class AskedLater(BaseException):
    """Raised out of a check that would lend before all first looks are over: it is asked again."""

    def __init__(self, failed: FailedLook | None) -> None:
        super().__init__("asked again after all first looks")
        self.failed = failed


class NotPublic(Exception):
    """Raised out of a check that wants what the public draw has not: hidden digits, lent code.

    An Exception, as fixtures raise it too: pytest leaves one that raised anything else half made.
    """


@contextlib.contextmanager
def lent(student: Space, source: str) -> Iterator[None]:
    """Within it the notebook has the functions that `source` defines, under their names.

    What `source` imports, and names that begin with an underscore, stay its own. Afterwards the
    notebook has its own again, and no name more than before. A failure within changes nothing of
    this.

    >>> RIGHT = "def count_correct(logits, y): return int((logits.argmax(dim=1) == y).sum())"
    >>> with lent(student, RIGHT):
    ...     expect(student.test(loader, model, loss_fn)[0], 0.7)
    """
    _require_turn(student)
    own, missing = {}, []
    names = _functions(source)
    for name in names:
        try:
            own[name] = getattr(student, name)
        except StudentFailure:
            missing.append(name)
    right = define(student, source)
    try:
        for name in names:
            setattr(student, name, getattr(right, name))
        yield
    finally:
        for name, value in own.items():
            setattr(student, name, value)
        if missing:
            tools = define(student, _REMOVE)
            with not_noted():
                for name in missing:
                    tools.remove(name)


def fairly(student: Space, source: str, look: Callable[[], None]) -> None:
    """Looks at an answer and, if it fails, once more beside the right functions of `source`.

    Draw the inputs before, so that both looks are at the same ones, and make handles within `look`:
    where the first one has ended the kernel, the second is in a fresh one. An answer that calls
    nothing of what would be lent is not looked at again.

    >>> X = rng.images(5)
    >>> fairly(student, RIGHT, lambda: expect(student.predict(model, X), classes_of(X)))
    """
    number, failed = next_look(student)
    if failed is None and not ended_by_others(student):
        try:
            look()
            return
        except (StudentTimeout, StudentDied) as problem:
            failed = problem
        except (AssertionError, StudentFailure) as problem:
            if not _may_use(student, _functions(source)):
                raise
            failed = problem
    if turn_of(student) is Turn.PUBLIC and failed is not None:
        raise failed
    if turn_of(student) is Turn.FIRST_LOOKS:
        raise AskedLater(FailedLook(number=number, problem=failed) if failed else None)
    if isinstance(failed, (StudentTimeout, StudentDied)):
        _look_again(student, source, look, failed)
        return
    # After `ended_by_others` its own look would take as long again, and end the kernel again.
    with lent(student, source):
        look()


def _may_use(student: Space, names: list[str]) -> bool:
    """Whether what was asked in this check may use one of these functions of the notebook.

    The student's process tells, of itself: whoever has it say no has one look less.
    """
    asked = names_asked(student)
    if asked is None:
        return True
    with unobserved(student), not_noted():
        try:
            return define(student, _MAY_USE).may_use(asked, names) is not False
        except StudentFailure:
            return True


def _require_turn(student: Space) -> None:
    match turn_of(student):
        case Turn.FIRST_LOOKS:
            raise AskedLater(None)
        case Turn.PUBLIC:
            raise NotPublic


def _look_again(
    student: Space, source: str, look: Callable[[], None], ended: StudentFailure
) -> None:
    """A second look after the first has ended the kernel; raises `ended` where it fails too."""
    try:
        with reopened(student), lent(student, source):
            look()
    except (AssertionError, StudentFailure) as second:
        raise ended from second


def _functions(source: str) -> list[str]:
    """The public functions that code defines at its top level."""
    statements = ast.parse(source).body
    named = [s.name for s in statements if isinstance(s, ast.FunctionDef)]
    return [name for name in named if not name.startswith("_")]
