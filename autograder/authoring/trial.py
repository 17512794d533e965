"""An assignment's judge and source notebook, with which answers are tried against the checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from autograder.course.cells import judged_cells, source_points, visible_checks
from autograder.course.course import Course
from autograder.diagnosis.answers import Answer, answers
from autograder.diagnosis.trying import Tried, each
from autograder.judge.records import Cell
from autograder.judge.reference import try_reference
from autograder.marking.bench import judge_in_place
from autograder.results import CheckResult, Outcome, Report

STUB = "raise NotImplementedError()\n"


def complaint(tried: Tried) -> str:
    """What is not as the answer says, or ""."""
    answer, result = tried.answer, tried.result
    lost = sorted(c.check.name for c in result.checks if c.credit < 1)
    broken = [c for c in result.checks if c.outcome is Outcome.UNDECIDED]
    if broken:
        return f"is left to a person by {broken[0].check.name}: {_said(broken[0])}"
    if not answer.fails:
        said = [_said(c) for c in result.checks if c.check.name in lost]
        if lost:
            return f"is right and failed {', '.join(lost)}: {' | '.join(said)}"
        return f"is right, and at home its visible check {tried.at_home}" if tried.at_home else ""
    if not lost:
        return "is wrong and got full marks"
    missing = sorted(set(answer.fails) - set(lost))
    if missing:
        return f"should also fail {', '.join(missing)}; it failed {', '.join(lost)}"
    return ""


class Trial:
    """Tries whole notebooks, and single answers in the place of the reference's."""

    def __init__(self, course: Course, assignment: str) -> None:
        source = course.source_notebook(course.require_assignment(assignment))
        self.max_points = source_points(source)
        self.judge = judge_in_place(course, assignment)
        self.folder = course.checks_folder(assignment)
        self.cells = list(judged_cells(source).values())
        self.visible = visible_checks(source)

    def stub(self) -> list[Cell]:
        """The cells of the untouched notebook."""
        return [
            dataclasses.replace(cell, source=STUB) if cell.name in self.max_points else cell
            for cell in self.cells
        ]

    def answers(self, only: frozenset[str] = frozenset()) -> list[Answer]:
        """The mistakes and variants, of all exercises or of some."""
        return answers(self.folder, only)

    def of_solution(self) -> list[str]:
        """What is wrong with the reference; the judge keeps the trail that it leaves."""
        return complaints(try_reference(self.judge, self.cells), "solution", 1.0)

    def of_stub(self) -> list[str]:
        """What the untouched notebook earns that it must not."""
        return complaints(self.judge.grade(self.stub()).report, "stub", 0.0)

    def each(self, answers: Sequence[Answer]) -> Iterator[Tried]:
        """Tries answers one after the other in one kernel, the reference put back in between."""
        yield from each(self.judge, self.cells, answers)


def complaints(report: Report, label: str, share: float) -> list[str]:
    """Each check of a report that did not earn this share, in words."""
    wrong = [c for result in report.exercises for c in result.checks if c.credit != share]
    return [
        f"{label}: {c.check.exercise}, {c.check.title}: {c.outcome} {_said(c)}".strip()
        for c in wrong
    ]


def _said(check: CheckResult) -> str:
    return " ".join(sentence.text for sentence in check.sentences)
