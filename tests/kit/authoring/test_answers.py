"""The course tests itself: what each answer says of itself is what the hidden checks find."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.trial import Trial, verify
from autograder.diagnosis.answers import mistakes, variants
from autograder.nbgrader_bridge.course import open_course
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
ASSIGNMENTS = ("1-tensors", "2-data", "4-training")
COURSE = open_course(load(ROOT))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.timeout(600)
def test_solution_stub_mistakes_and_variants_get_what_they_should(assignment: str) -> None:
    tried = dict(verify(COURSE, assignment))

    assert [line for found in tried.values() for line in found] == []
    assert {"solution", "stub"} < set(tried)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_has_three_mistakes_and_two_variants(assignment: str) -> None:
    trial = Trial(COURSE, assignment)
    wrong = [answer.exercise for answer in mistakes(trial.folder)]
    right = [answer.exercise for answer in variants(trial.folder)]

    assert {name for name in trial.max_points if wrong.count(name) < 3} == set()
    assert {name for name in trial.max_points if right.count(name) < 2} == set()
    assert set(wrong + right) <= set(trial.max_points)


def test_every_assignment_is_tested_here() -> None:
    assert sorted(ASSIGNMENTS) == COURSE.assignments()
