"""A class whose answers to the tiny course's exercises are long enough to be compared.

Each answer is drawn by a seed of its student and exercise: some lines that everybody may write, in
any order, and some of the student's own.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import UTC

from autograder.marking.marked import Marked
from autograder.results import Report
from tests.kit.class_maker import DUE, Drawn, checks_of, exercise_result, marked_of, write_results
from tests.kit.course_maker import ASSIGNMENT, POINTS, VISIBLE, Mini

USUAL = (
    "result = {a}.clone()",
    "assert result.dim() < 9, 'too many'",
    "rows = len(result)",
    "print(result.shape, rows)",
    "for row in range(rows):\n        result[row] = {a}[row] + 0",
    "result = result.contiguous()",
    "if rows == 0:\n        return result",
)
METHODS = (
    "abs",
    "exp",
    "log1p",
    "sigmoid",
    "tanh",
    "floor",
    "ceil",
    "square",
    "neg",
    "relu",
    "cos",
)
NAMES = ("x", "tmp", "values", "w", "helper", "kept", "half", "other", "piece", "again", "z")


def answer(student: str, exercise: str) -> str:
    """An answer of a student's own, of seven lines or more."""
    rng = random.Random(f"{student} {exercise}")
    argument = "m"
    lines = [line.format(a=argument) for line in rng.sample(USUAL, 4)]
    for _ in range(4):
        one, two = rng.sample(METHODS, 2)
        name = rng.choice(NAMES)
        step = f"{name} = torch.{one}({argument}) {rng.choice('+-*/')} {rng.randrange(2, 99)}"
        lines.insert(rng.randrange(len(lines) + 1), f"{step}  # {rng.choice(NAMES)}")
        lines.append(f"result = torch.maximum(result, {name}.{two}())")
    body = "\n".join(f"    {line}" for line in [*lines, "return result"])
    return f"def {exercise}({argument}):\n{body}"


def answers(student: str) -> dict[str, str]:
    return {exercise: answer(student, exercise) for exercise in VISIBLE}


def record(mini: Mini, codes: Mapping[str, Mapping[str, str]]) -> None:
    """Records a graded hand-in with these answers for each student."""
    write_results(mini.course, ASSIGNMENT, [_drawn(mini, who, codes[who]) for who in codes])


def _drawn(mini: Mini, student: str, codes: Mapping[str, str]) -> Drawn:
    rng = random.Random(student)
    checks = mini.course.checks_folder(ASSIGNMENT)
    results = tuple(
        exercise_result(rng, checks, name, POINTS[name], (), wrong=False)
        for name in checks_of(checks)
    )
    report = Report(assignment=ASSIGNMENT, exercises=results)
    released = json.loads(json.dumps(mini.released()))
    marked: Marked = marked_of(report, released, codes, rng)
    return Drawn(student=student, marked=marked, handed_in=DUE.replace(tzinfo=UTC))
