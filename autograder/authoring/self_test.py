"""Fixtures for plain `pytest tests/hidden`: the student is the reference solution.

It runs in a real kernel, as a student's does, so that the course tests itself. Not used while
grading: the judge hands its own plugin to pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from autograder.authoring.trial import Trial
from autograder.checks.facts import CourseFacts, HiddenDigits
from autograder.checks.scoring import Credit
from autograder.checks.secret_random import SecretRandom
from autograder.course.course import open_course
from autograder.judge.sitting import FreshKernel, Sitting
from autograder.namespace.space import Link, Space, new_round, run_again
from autograder.settings.load import find_root, load


class SelfTest:
    """One assignment's reference solution as the student."""

    def __init__(self, trial: Trial, sitting: Sitting, fresh: FreshKernel) -> None:
        self.assignment = trial.judge.assignment
        self.fresh = Space(Link(fresh, owner="fresh kernel", wall_s=trial.judge.limits.call_s))
        self.student = Space(Link(sitting, owner="student", wall_s=trial.judge.limits.call_s))
        self.solution = trial.judge.solution
        self.run_again = partial(run_again, self.student, sitting.run_again)


@pytest.fixture(scope="module")
def self_test(request: pytest.FixtureRequest) -> Iterator[SelfTest]:
    """The reference's notebook, run once for the checks of a file."""
    folder = request.path.parent
    trial = Trial(open_course(load(find_root(folder))), folder.name)
    plan, limits = trial.judge.plan, trial.judge.limits
    with Sitting(trial.cells, plan, limits) as sitting, FreshKernel(plan, limits) as fresh:
        sitting.open()
        yield SelfTest(trial, sitting, fresh)


@pytest.fixture
def student(self_test: SelfTest) -> Space:
    new_round(self_test.student)
    return self_test.student


@pytest.fixture
def solution(self_test: SelfTest) -> Space:
    new_round(self_test.solution)
    return self_test.solution


@pytest.fixture
def fresh(self_test: SelfTest) -> Space:
    new_round(self_test.fresh)
    return self_test.fresh


@pytest.fixture
def rng(self_test: SelfTest, request: pytest.FixtureRequest) -> SecretRandom:
    return SecretRandom(
        self_test.assignment.seed, f"{self_test.assignment.name}:{request.node.name}"
    )


@pytest.fixture
def credit() -> Iterator[Credit]:
    given = Credit()
    yield given
    assert given.share == 1, f"the reference solution earned {given.share}: {given.facts}"


@pytest.fixture(name="run_again")
def again(self_test: SelfTest) -> Callable[[str], None]:
    return self_test.run_again


@pytest.fixture
def course(self_test: SelfTest) -> CourseFacts:
    return self_test.assignment.course


@pytest.fixture
def hidden_digits(self_test: SelfTest) -> HiddenDigits:
    return self_test.assignment.hidden_digits()
