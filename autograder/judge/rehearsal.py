"""A notebook in which one answer after another stands in the place of its own."""

from __future__ import annotations

import ast
import contextlib
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from autograder.judge.records import Cell
from autograder.judge.sitting import FreshKernel, Sitting, how_it_ended
from autograder.kernel.session import Kernel

ANSWER_S: Final = 30.0
"""For one answer, all its checks together: ten times what the slowest takes, and the most that one
which never ends holds up the others.
"""


# Whatever an answer binds, `from torch import *` say, is gone before the next one, and what it has
# set, matplotlib's colour map say, is as it was. No builtin is used that such an answer could have
# replaced.
_KEEP: Final = """
from autograder.in_sandbox import moments as _autograder_moments
_autograder_state = _autograder_moments.state()
_autograder_kept = {name: value for name, value in globals().items() if name[0] != "_"}
"""
_PUT_BACK: Final = """
_autograder_moments.put_back(_autograder_state)
for _autograder_name in [*globals()]:
    if _autograder_name[0] != "_" and _autograder_name not in _autograder_kept:
        del globals()[_autograder_name]
globals().update(_autograder_kept)
"""


class Rehearsal(Sitting):
    """A sitting of the reference's notebook that takes other answers, in one kernel."""

    answer_s = ANSWER_S
    # Whose answer is not its own at the moment, and the kernel that knows the reference's names.
    _replaced = ""
    _kept_in: Kernel | None = None
    _fresh: FreshKernel | None = None

    @contextlib.contextmanager
    def with_answer(self, exercise: str, source: str) -> Iterator[None]:
        """Within it an exercise has this answer, and `answer_s` seconds for it.

        Before the answer runs, the names that its cell would define are taken away, as in a
        student's kernel, where no right version of them was ever there.
        """
        self.renew_time()
        own, cell_s = self.cells, min(self.limits.cell_s, self.answer_s)
        gone = _without(_defined_by(self._own_source(exercise), source))
        kernel = self._as_the_reference(cell_s, gone)
        self._give_time()
        self._replaced = exercise
        kernel.run_cell(source, cell_s)
        kernel.keep_moment([exercise])
        # Checks that run a cell again, and a kernel that is opened again, take this one.
        self.cells = _with(exercise, source, own)
        try:
            yield
        finally:
            self.cells = own
            self.killers.clear()

    def _as_the_reference(self, cell_s: float, then: str) -> Kernel:
        """The kernel, with the names that the reference's notebook gives it, and no others. Then
        the code of `then` has run in it.
        """
        fresh = not self.alive
        if fresh:
            self.open()
        assert self.kernel is not None, "open() gives a kernel while there is time"
        if self.kernel is self._kept_in:
            self.kernel.run_cell(_PUT_BACK + then, cell_s)
            return self.kernel
        if not fresh and self._replaced:
            # It was opened again while another answer stood in the notebook.
            self.kernel.run_cell(self._own_source(self._replaced), cell_s)
        self.kernel.run_cell(_KEEP + then, cell_s)
        self._kept_in = self.kernel
        return self.kernel

    @contextlib.contextmanager
    def fresh_kernel(self) -> Iterator[FreshKernel]:
        """One for all answers: they are the course's own, and a new one takes half a second."""
        if self._fresh is None:
            self._fresh = FreshKernel(self.plan, self.limits)
        self._fresh.renew_time()
        yield self._fresh

    def close(self) -> None:
        """Ends both kernels."""
        if self._fresh is not None:
            self._fresh.close()
            self._fresh = None
        super().close()

    def at_home(self, checks: str) -> str:
        """What the visible checks say of the answer that stands there, "" where they pass."""
        self._give_time()
        if not self.reopen() or self.kernel is None:
            return "ended the kernel before it was asked"
        run = self.kernel.run_cell(checks, min(self.limits.cell_s, self.answer_s))
        return how_it_ended(run, self.limits)

    def _give_time(self) -> None:
        self.renew_time()
        self.deadline = min(self.deadline, time.monotonic() + self.answer_s)

    def _own_source(self, exercise: str) -> str:
        return "".join(cell.source for cell in self.cells if cell.name == exercise)


def _with(exercise: str, source: str, cells: Sequence[Cell]) -> list[Cell]:
    others = [cell for cell in cells if cell.name != exercise]
    place = next((i for i, c in enumerate(cells) if c.name == exercise), len(others))
    own = Cell(name=exercise, source=source, checked=(exercise,))
    return [*others[:place], own, *others[place:]]


def _without(names: Collection[str]) -> str:
    """Code that removes these names."""
    return "\n".join(f"globals().pop({name!r}, None)" for name in sorted(names))


def _defined_by(*sources: str) -> set[str]:
    """The names that these sources define at their top level."""
    return {name for source in sources for name in _defined(ast.parse(source).body)}


def _defined(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
