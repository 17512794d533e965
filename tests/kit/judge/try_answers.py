"""Runs an assignment's solution, stub, mistakes and variants against its hidden checks.

One kernel for all: `python tests/kit/judge/try_answers.py 1-tensors [exercise …]`. Prints what
disagrees with what the answers say of themselves; `tests/kit/judge/test_answers.py` asserts it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.diagnosis.answers import Answer, mistakes, variants
from autograder.errors import ChecksBroken
from autograder.feedback.block import points
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting
from autograder.nbgrader_bridge import course as courses
from autograder.results import ExerciseResult, Report, close
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An answer, and what the checks made of it."""

    answer: Answer
    result: ExerciseResult

    @property
    def failed(self) -> set[str]:
        return {c.check.name for c in self.result.checks if c.credit < 1}

    @property
    def complaint(self) -> str:
        """What is not as the answer says, or ""."""
        lost = sorted(self.failed)
        if not self.answer.fails:
            return f"is right and failed {lost}: {self._said(lost)}" if lost else ""
        if not lost:
            return "is wrong and got full marks"
        missing = sorted(set(self.answer.fails) - self.failed)
        return f"should also fail {missing}; failed {lost}" if missing else ""

    def _said(self, names: list[str]) -> str:
        said = [s.text for c in self.result.checks if c.check.name in names for s in c.sentences]
        return " | ".join(said)


class Trial:
    """An assignment's judge and notebook, in which single cells are replaced."""

    def __init__(self, assignment: str) -> None:
        self.course = courses.open_course(load(ROOT))
        source = self.course.source_notebook(assignment)
        self.max_points = courses.source_points(source)
        judged = courses.judge_assignment(self.course, assignment, self.max_points)
        self.judge = Judge(
            judged, courses.kernel_plan(self.course), courses.judge_limits(self.course)
        )
        self.cells = [
            Cell(name=courses.cell_name(cell, index), source=cell.source)
            for index, cell in enumerate(source.cells)
            if cell.cell_type == "code" and not courses.is_checks(cell)
        ]
        self.folder = self.course.checks_folder(assignment)

    def stub(self) -> list[Cell]:
        """The cells of the untouched notebook."""
        names = set(self.max_points)
        return [
            Cell(
                name=c.name, source="raise NotImplementedError()\n" if c.name in names else c.source
            )
            for c in self.cells
        ]

    def replaced(self, answer: Answer) -> list[Cell]:
        return [
            Cell(name=c.name, source=answer.source) if c.name == answer.exercise else c
            for c in self.cells
        ]

    def answers(self, only: set[str]) -> list[Answer]:
        found = [*mistakes(self.folder), *variants(self.folder)]
        return [a for a in found if not only or a.exercise in only]

    def each(self, answers: list[Answer]) -> Iterator[Tried]:
        """Tries answers one after the other in one kernel, the reference put back in between."""
        own = {cell.name: cell.source for cell in self.cells}
        with Sitting(self.cells, self.judge.plan, self.judge.limits) as sitting:
            sitting.open()
            for answer in answers:
                if not sitting.alive:
                    sitting.open()
                assert sitting.kernel is not None
                sitting.kernel.run_cell(answer.source, 120)
                only = frozenset({answer.exercise})
                run = self.judge.run_checks(sitting, only)
                report = close("", self.max_points, run.expected, run.found, reason="Not run.")
                yield Tried(answer=answer, result=report.exercise(answer.exercise))
                if sitting.alive:
                    sitting.kernel.run_cell(own[answer.exercise], 120)


def disagreements(report: Report, label: str, share: float) -> list[str]:
    """What a submission did not get that should get this share of every check."""
    return [
        f"{label}: {c.check.exercise}.{c.check.name}: {c.outcome} {[s.text for s in c.sentences]}"
        for result in report.exercises
        for c in result.checks
        if c.credit != share
    ]


def main(assignment: str, only: set[str]) -> int:
    trial = Trial(assignment)
    wrong: list[str] = []
    for label, cells, share in (("solution", trial.cells, 1.0), ("stub", trial.stub(), 0.0)):
        report = trial.judge.grade(cells).report
        print(f"{label}: {points(report.points)} of {points(report.max_points)}, {report.wall_s} s")
        wrong += disagreements(report, label, share)
    for tried in trial.each(trial.answers(only)):
        if tried.complaint:
            wrong.append(f"{tried.answer.path.relative_to(trial.folder)}: {tried.complaint}")
    print("\n".join(wrong))
    print(f"{len(wrong)} disagree")
    return int(bool(wrong))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], set(sys.argv[2:])))
    except ChecksBroken as broken:
        sys.exit(str(broken))
