"""Answers tried against an assignment's checks, one after the other in one sandboxed kernel."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.diagnosis.answers import Answer
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting
from autograder.results import ExerciseResult, close


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An answer, and what the checks of its exercise made of it."""

    answer: Answer
    result: ExerciseResult


def each(judge: Judge, cells: Sequence[Cell], answers: Sequence[Answer]) -> Iterator[Tried]:
    """Tries each answer in the place of the reference's; `cells` are the reference's notebook.

    Before an answer runs, the names that its cell would define are taken away, as in a student's
    kernel, where no right version of them was ever there; afterwards the reference is put back.
    """
    cell_s = judge.limits.cell_s
    with Sitting(cells, judge.plan, judge.limits) as sitting:
        for answer in answers:
            sitting.renew_time()
            if not sitting.alive:
                sitting.open()
            assert sitting.kernel is not None, "open() gives a kernel while there is time"
            reference = "".join(c.source for c in cells if c.name == answer.exercise)
            sitting.kernel.run_cell(_without(reference, answer.source), cell_s)
            sitting.kernel.run_cell(answer.source, cell_s)
            sitting.kernel.keep_moment([answer.exercise])
            # Checks that run a cell again, and a kernel that is opened again, take this one.
            sitting.cells = _with(answer, cells)
            run = judge.run_checks(sitting, frozenset({answer.exercise}))
            sitting.cells = cells
            sitting.killers.clear()
            points = judge.assignment.max_points
            report = close("", points, run.expected, run.found, reason="Not run.")
            yield Tried(answer=answer, result=report.exercise(answer.exercise))
            if sitting.alive and reference:
                sitting.kernel.run_cell(reference, cell_s)


def _with(answer: Answer, cells: Sequence[Cell]) -> list[Cell]:
    others = [cell for cell in cells if cell.name != answer.exercise]
    place = next((i for i, c in enumerate(cells) if c.name == answer.exercise), len(others))
    own = Cell(name=answer.exercise, source=answer.source, checked=(answer.exercise,))
    return [*others[:place], own, *others[place:]]


def _without(*sources: str) -> str:
    """Code that removes the names that these sources define at their top level."""
    names = {name for source in sources for name in _defined(ast.parse(source).body)}
    return "\n".join(f"globals().pop({name!r}, None)" for name in sorted(names))


def _defined(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
