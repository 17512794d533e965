"""A class as classes are: half of it right in varying ways, half of it with mistakes.

Drawn by a seed from the variants and the mistakes beside the hidden checks, as a student would
write them: without the docstring that says what is wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.cells import GUARD_BEGIN
from autograder.diagnosis.answers import Answer, mistakes, variants
from autograder.hand_in.cells import grade_id, is_checks

REPOSITORY = Path(__file__).resolve().parents[1]
MISTAKES_EACH = {"1-tensors": 3, "4-training": 2}
SEED = 2026


def read_source(assignment: str) -> NotebookNode:
    """The reference's notebook, as students hand it in: without the guards of graded cells."""
    path = REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if is_checks(cell):
            cell.source = cell.source.partition(GUARD_BEGIN)[0]
    return notebook


def draw(assignment: str, count: int, *, mixed: bool) -> Iterator[NotebookNode]:
    """The notebooks of a class; the first ones of a larger class are those of a smaller one."""
    folder = REPOSITORY / "tests" / "hidden" / assignment
    wrong, right = mistakes(folder), variants(folder)
    for number in range(count):
        notebook = read_source(assignment)
        if mixed:
            chance = random.Random(f"{SEED} {assignment} {number}")
            answers = _some_variants(right, chance)
            if number % 2:
                answers |= _some_mistakes(wrong, chance, MISTAKES_EACH[assignment])
            for cell in notebook.cells:
                if grade_id(cell) in answers:
                    cell.source = answers[grade_id(cell)]
        yield notebook


def _some_variants(right: list[Answer], chance: random.Random) -> dict[str, str]:
    """For each exercise the reference's answer or, as likely, one of its variants."""
    exercises = sorted({one.exercise for one in right})
    return {
        exercise: chance.choice([one for one in right if one.exercise == exercise]).code
        for exercise in exercises
        if chance.random() < 0.5
    }


def _some_mistakes(wrong: list[Answer], chance: random.Random, count: int) -> dict[str, str]:
    exercises = chance.sample(sorted({one.exercise for one in wrong}), count)
    return {
        exercise: chance.choice([one for one in wrong if one.exercise == exercise]).code
        for exercise in exercises
    }
