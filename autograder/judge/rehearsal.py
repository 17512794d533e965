"""A notebook in which one answer after another stands in the place of its own."""

from __future__ import annotations

import ast
import contextlib
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from autograder.hand_in.reading import bound_names
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting, how_it_ended

ANSWER_S: Final = 30.0
"""For one answer, all its checks together: ten times what the slowest takes, and the most that one
which never ends holds up the others.
"""


class Rehearsal(Sitting):
    """A sitting of the reference's notebook that takes other answers, in one kernel."""

    answer_s = ANSWER_S
    # Whose answer is not its own at the moment. It is put back where another exercise's comes.
    _replaced = ""

    @contextlib.contextmanager
    def with_answer(self, exercise: str, source: str) -> Iterator[None]:
        """Within it an exercise has this answer, and `answer_s` seconds for it.

        Before the answer runs, the names that its cell would define are taken away, as in a
        student's kernel, where no right version of them was ever there.
        """
        self.renew_time()
        if not self.alive:
            self.open()
        assert self.kernel is not None, "open() gives a kernel while there is time"
        self._give_time()
        own, cell_s = self.cells, min(self.limits.cell_s, self.answer_s)
        if self._replaced not in ("", exercise):
            self.kernel.run_cell(self._own_source(self._replaced), cell_s)
        self._replaced = exercise
        gone = _without(_defined_by(self._own_source(exercise), source))
        self.kernel.run_cell(gone, cell_s)
        self.kernel.run_cell(source, cell_s)
        self.kernel.keep_moment([exercise])
        # Checks that run a cell again, and a kernel that is opened again, take this one.
        self.cells = _with(exercise, source, own)
        try:
            yield
        finally:
            self.cells = own
            self.killers.clear()

    def at_home(self, checks: str) -> str:
        """What the visible checks say of the answer that stands in the notebook, "" where they
        pass. What they bind is taken away again.
        """
        self._give_time()
        if not self.reopen() or self.kernel is None:
            return "ended the kernel before it was asked"
        run = self.kernel.run_cell(checks, min(self.limits.cell_s, self.answer_s))
        self.kernel.run_cell(_without(self._bound_by(checks)), self.limits.cell_s)
        return how_it_ended(run, self.limits)

    def _give_time(self) -> None:
        self.renew_time()
        self.deadline = min(self.deadline, time.monotonic() + self.answer_s)

    def _bound_by(self, checks: str) -> set[str]:
        return bound_names(checks).difference(*(bound_names(cell.source) for cell in self.cells))

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
