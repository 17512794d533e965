"""Right versions of what an answer calls, so that another exercise's mistake costs no points here.

Lend them only after the checks of their own exercises: they stand beside the student's code, and
there must be nothing left to gain from keeping them.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator

from autograder.namespace.failures import StudentDied, StudentFailure, StudentTimeout
from autograder.namespace.space import Space, define, ended_by_others, reopened

_REMOVE = """
import __main__


def remove(name):
    vars(__main__).pop(name, None)
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
            for name in missing:
                tools.remove(name)


def fairly(student: Space, source: str, look: Callable[[], None]) -> None:
    """Looks at an answer and, if it fails, once more beside the right functions of `source`.

    Draw the inputs before, so that both looks are at the same ones, and make handles within `look`:
    where the first one has ended the kernel, the second is in a fresh one. An answer that calls
    nothing of another exercise fails the second look like the first.

    >>> X = rng.images(5)
    >>> fairly(student, RIGHT, lambda: expect(student.predict(model, X), classes_of(X)))
    """
    if ended_by_others(student):
        # Its own look would take as long again, and end the kernel again.
        with lent(student, source):
            look()
        return
    try:
        look()
    except (StudentTimeout, StudentDied) as ended:
        _look_again(student, source, look, ended)
    except (AssertionError, StudentFailure):
        with lent(student, source):
            look()


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
