"""A notebook open in a kernel, and opened again without the cell or call that ended it."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from autograder import wire
from autograder.expect.printable import printable
from autograder.hand_in.reading import bound_names
from autograder.judge.moments import MomentsOfExercises, in_words
from autograder.judge.records import Cell, TimeLimits
from autograder.kernel.plan import KernelPlan
from autograder.kernel.session import CallTimedOut, CellRun, CellStatus, Kernel, KernelEnded
from autograder.namespace.failures import MissingName, StudentDied, StudentTimeout
from autograder.results import CellResult, Reader, Sentence

# For a cell that ran into its limit, when the notebook is run again.
_SECOND_TRY_S = 5.0
_TEMPORARY_FILE = re.compile(r"\([\w<>./-]{1,80}, (?=line [0-9]+\))")


class Sitting:
    """Runs a submission's cells and carries the judge's requests; a Channel of `namespace`.

    A cell that ends the kernel costs itself: the notebook is run again without it. Use it as a
    context manager: no process of the submission outlives the block. `files` are the student's own,
    by their path beside the notebook.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        plan: KernelPlan,
        limits: TimeLimits,
        files: Mapping[str, Path] | None = None,
    ) -> None:
        self.cells = cells
        self.plan = plan
        self.limits = limits
        self.files = files or {}
        self.rounds = 0
        self.runs: dict[int, CellRun] = {}
        self.killers: dict[int, CellRun] = {}
        self.moments = MomentsOfExercises(cells)
        self.on_later_cells: list[Sentence] = []
        self.kernel: Kernel | None = None
        self.deadline = time.monotonic() + limits.submission_s

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def fresh_kernel(self) -> Iterator[FreshKernel]:
        """A kernel without the student's files, in which no code of theirs runs."""
        with FreshKernel(self.plan, self.limits) as fresh:
            yield fresh

    def close(self) -> None:
        """Ends the kernel; what is known of the cells stays."""
        if self.kernel is not None:
            self.kernel.close()
            self.kernel = None

    @property
    def alive(self) -> bool:
        return self.kernel is not None and self.kernel.alive

    @property
    def time_left_s(self) -> float:
        return self.deadline - time.monotonic()

    def renew_time(self) -> None:
        """Gives the notebook its whole time again: for whoever tries one answer after another."""
        self.deadline = time.monotonic() + self.limits.submission_s

    def open(self) -> bool:
        """Runs all cells in a fresh kernel, as often as it takes; False where time is up."""
        while self.time_left_s > 0:
            self.close()
            self.kernel = Kernel(self.plan.copying(self.files))
            if self._run_cells(self.kernel):
                return True
        return False

    def _run_cells(self, kernel: Kernel) -> bool:
        self.moments = MomentsOfExercises(self.cells)
        for index, cell in enumerate(self.cells):
            if index not in self.killers and cell.source.strip():
                if self.time_left_s <= 0:
                    return False
                run = kernel.run_cell(cell.source, self._limit_of(index))
                self.runs[index] = run
                if run.status is CellStatus.DIED or not kernel.alive:
                    self.killers[index] = run
                    return False
            asked = self.moments.asked_after(index, self._ended)
            if asked is not None:
                kernel.keep_moment(
                    asked.exercises, again=asked.again, raised=asked.raised, cell=index
                )
        return True

    def _ended(self, index: int) -> CellStatus | None:
        return self.runs[index].status if index in self.runs else None

    def _limit_of(self, index: int) -> float:
        earlier = self.runs.get(index)
        slow = earlier is not None and earlier.status is CellStatus.TIMEOUT
        limit = _SECOND_TRY_S if slow else self.limits.cell_s
        return max(min(limit, self.time_left_s), 0.1)

    def run_again(self, name: str, wall_s: float) -> None:
        """Runs a cell once more in the open notebook, beside what checks have put there since.

        Its outputs are not kept. Raises StudentFailure where there is no such cell to run, or it
        ends the kernel or takes longer than `wall_s`; nothing for what it raises itself.
        """
        # Also one that ended a kernel: beside right versions of what it calls it may not.
        sources = [cell.source for cell in self.cells if cell.name == name]
        if not sources:
            raise MissingName(name, [cell.name for cell in self.cells])
        if self.kernel is None or not self.kernel.alive:
            raise StudentDied("it had ended before")
        run = self.kernel.run_cell(sources[0], min(wall_s, max(self.time_left_s, 0.1)))
        if run.status is CellStatus.DIED or not self.kernel.alive:
            raise StudentDied(run.ended_because)
        if run.status is CellStatus.TIMEOUT:
            self.kernel.end("a cell that was run again ran too long")
            raise StudentTimeout(wall_s)

    def new_round(self, number: int) -> int:
        """Called by `namespace` when a check begins. A kernel tells rounds by their number, and may
        be asked of one answer after another.
        """
        self.rounds += 1
        return self.rounds

    def reopen(self) -> bool:
        """Called by `namespace` for a second look after a kernel has ended."""
        return self.time_left_s > 0 and (self.alive or self.open())

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        """Called by `namespace` for each request of a check."""
        if self.kernel is None:
            raise StudentDied("it had ended before")
        try:
            return list(self.kernel.request(buffers, min(wall_s, max(self.time_left_s, 0.1))))
        except CallTimedOut:
            raise StudentTimeout(wall_s) from None
        except KernelEnded as ended:
            raise StudentDied(str(ended)) from None

    def reject(self, why: str) -> None:
        """Called by `namespace` for a reply that breaks the rules: its sender is ended."""
        if self.kernel is not None:
            self.kernel.end(why)

    def quote_line(self, number: int, line: str) -> str:
        """The place of a line in the notebook, "" where it does not stand there.

        The kernel says which line it was; the judge believes it only if the notebook has it.
        """
        if not line.strip():
            return ""
        for cell in self.cells:
            lines = cell.source.splitlines()
            if 0 < number <= len(lines) and lines[number - 1].strip() == line.strip():
                return f"Line {number} of {cell.name}: {printable(line.strip(), 100)}"
        return ""

    def why_missing(self, exercise: str, name: str) -> str:
        """How the cell ended that should have defined `name`, which an answer or a check misses.

        "" where no such cell came to grief; `exercise` is whose own cell counts too, or "". A
        cell's exception is from before the first check, and stands on the page below it: so it
        holds nothing that is hidden.
        """
        for index in self._should_define(exercise, name):
            how = how_it_ended(self.runs[index], self.limits) if index in self.runs else ""
            if how:
                return f"{in_words(self.cells[index])} {how}"
        return ""

    def _should_define(self, exercise: str, name: str) -> list[int]:
        """The cell of that name, the exercise's own, then each that binds the name."""
        cells = list(enumerate(self.cells))
        return [
            *(index for index, cell in cells if cell.name == name),
            *(index for index, cell in cells if cell.name == exercise),
            *(index for index, cell in cells if name in bound_names(cell.source)),
        ]

    def results(self) -> list[CellResult]:
        """How each cell that ran has ended."""
        return [
            CellResult(
                name=self.cells[index].name,
                status=run.status.value,
                wall_s=round(run.wall_s, 3),
                why=printable(run.ended_because, 200),
            )
            for index, run in sorted(self.runs.items())
        ]

    def notes(self) -> list[Sentence]:
        """What happened to cells as a whole, for the student and the TA."""
        said = []
        for index, run in sorted(self.runs.items()):
            name = self.cells[index].name
            if index in self.killers:
                how = how_it_ended(run, self.limits)
                text = f"{name} {how}; the notebook was run again without it."
            elif run.status is not CellStatus.OK:
                text = f"{name} {how_it_ended(run, self.limits)}."
            else:
                continue
            reader = Reader.TA if run.status is CellStatus.ERROR else Reader.STUDENT
            said.append(Sentence(text=text, reader=reader))
        return said + self.on_later_cells


class FreshKernel(Sitting):
    """A kernel in which no code of the student's runs, started where a check first asks it.

    It is as confined as the student's: what it is asked about, the student's code has written.
    """

    def __init__(self, plan: KernelPlan, limits: TimeLimits) -> None:
        super().__init__((), plan, limits)

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        """Called by `namespace`. What ended it before, a file or a call, costs the next nothing."""
        if not self.alive:
            self.open()
        return super().request(buffers, wall_s)


def how_it_ended(run: CellRun, limits: TimeLimits) -> str:
    """How a cell came to grief, to follow its name; "" where it did not."""
    match run.status:
        case CellStatus.TIMEOUT:
            return f"ran longer than {limits.cell_s:g} s and was stopped"
        case CellStatus.DIED:
            return "ended the kernel" + (f" ({run.ended_because})" if run.ended_because else "")
        case CellStatus.ERROR:
            return f"raised {_error(run)}"
    return ""


def _error(run: CellRun) -> str:
    errors = [output for output in run.outputs if output.output_type == "error"]
    if not errors:
        return "an error"
    name = printable(str(errors[-1].ename), 40)
    # IPython puts the name of a temporary file into what it says of a syntax error.
    text = _TEMPORARY_FILE.sub("(", str(errors[-1].evalue)[:2000])
    return f"{name}: {printable(text, 200)}" if text else name
