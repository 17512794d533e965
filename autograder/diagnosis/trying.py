"""Answers tried against an assignment's checks, one after the other in one sandboxed kernel."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.checks.trail import Recorder
from autograder.diagnosis.answers import Answer
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.judge.rehearsal import Rehearsal
from autograder.results import ExerciseResult, close


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An answer, what the checks of its exercise made of it, and the seconds that took.

    `at_home` is what the visible checks said of it, "" where they passed, and None where they were
    not asked.
    """

    answer: Answer
    result: ExerciseResult
    wall_s: float
    at_home: str | None = None


def each(judge: Judge, cells: Sequence[Cell], answers: Sequence[Answer]) -> Iterator[Tried]:
    """Tries each answer in the place of the reference's; `cells` are the reference's notebook."""
    with Rehearsal(cells, judge.plan, judge.limits) as rehearsal:
        for answer in answers:
            yield try_one(judge, rehearsal, answer)


def try_one(
    judge: Judge,
    rehearsal: Rehearsal,
    answer: Answer,
    recorder: Recorder | None = None,
    visible: str = "",
) -> Tried:
    """Tries an answer in the place of the reference's, in a notebook that others are tried in.

    `recorder` is given where the answer is the reference's own, `visible` where the visible checks
    are to be asked too.
    """
    started = time.monotonic()
    with rehearsal.with_answer(answer.exercise, answer.source):
        run = judge.run_checks(rehearsal, frozenset({answer.exercise}), recorder)
        wall_s = time.monotonic() - started
        at_home = rehearsal.at_home(visible) if visible else None
    points = judge.assignment.max_points
    report = close("", points, run.expected, run.found, reason="Not run.")
    result = report.exercise(answer.exercise)
    return Tried(answer=answer, result=result, wall_s=wall_s, at_home=at_home)
