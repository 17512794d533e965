"""The public draw of a submission that has lost points: what was expected beside what came.

In a kernel of its own, in which nothing hidden is ever asked: what a student's process makes there
may stand on a page. A right answer costs nothing by it, and no points depend on it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final

from autograder.checks.public import PublicRun
from autograder.errors import KitError
from autograder.hand_in.reading import bound_names
from autograder.judge.records import Cell, TimeLimits
from autograder.judge.sitting import Sitting
from autograder.kernel.session import CellStatus
from autograder.results import CheckResult, ExerciseResult, Gap, Outcome, Report

LIMITS: Final = TimeLimits(cell_s=5.0, call_s=3.0, submission_s=15.0)
# A cell that takes longer trains something: the answers of other exercises do without.
_LONG_S: Final = 1.5

Ask = Callable[[Sitting, frozenset[str]], PublicRun]
"""Asks the checks of these exercises in an open notebook."""


def exercises_to_ask(report: Report) -> frozenset[str]:
    """The exercises that lost points by what they gave: one that ended its kernel or hung would do
    that again, and what waits for a person is that person's.
    """
    return frozenset(e.exercise for e in report.exercises if any(map(_shows, e.checks)))


def _shows(check: CheckResult) -> bool:
    return check.credit < 1 and check.outcome in (Outcome.FAILED, Outcome.ERROR)


def gaps(
    cells: Sequence[Cell],
    sitting: Sitting,
    exercises: frozenset[str],
    ask: Ask,
) -> Mapping[str, Gap]:
    """The gaps of some exercises, by the names of their checks; `sitting` is how the cells ran.

    Whatever the kit could not do here takes nothing away: then there is no gap to show.
    """
    kept = [
        cell if _is_run_again(index, sitting) else _without_source(cell)
        for index, cell in enumerate(cells)
    ]
    with (
        contextlib.suppress(KitError),
        Sitting(kept, sitting.plan, LIMITS, sitting.files) as second,
    ):
        if second.open():
            left_out = {
                name
                for cell, own in zip(kept, cells, strict=True)
                if cell is not own
                for name in bound_names(own.source)
            }
            found = ask(second, exercises).gaps
            return {name: gap for name, gap in found.items() if not _misses(gap, left_out)}
    return {}


def _misses(gap: Gap, names: Set[str]) -> bool:
    """Whether an answer missed one of these names, which cells bind that were left out."""
    missing = re.search(r"name '(\w{1,60})' is not defined", gap.fact)
    return missing is not None and missing[1] in names


def _is_run_again(index: int, first: Sitting) -> bool:
    run = first.runs.get(index)
    if run is None or run.status in (CellStatus.DIED, CellStatus.TIMEOUT):
        return False
    return run.wall_s < _LONG_S


def _without_source(cell: Cell) -> Cell:
    return dataclasses.replace(cell, source="")


def with_gaps(report: Report, found: Mapping[str, Gap]) -> Report:
    """The report with the gaps of checks that lost points."""
    return dataclasses.replace(
        report, exercises=tuple(_with_gaps(exercise, found) for exercise in report.exercises)
    )


def _with_gaps(exercise: ExerciseResult, found: Mapping[str, Gap]) -> ExerciseResult:
    checks = tuple(
        dataclasses.replace(check, gap=found[check.check.name])
        if _shows(check) and check.check.name in found
        else check
        for check in exercise.checks
    )
    return dataclasses.replace(exercise, checks=checks)
