"""Answers tried side by side: by the hidden checks, and by the visible ones."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autograder.authoring.pool import Pool, Task
from autograder.course.course import open_course
from autograder.diagnosis.answers import Answer
from autograder.errors import NotGraded
from autograder.settings.load import load
from tests.kit.course_maker import REPOSITORY

COURSE = open_course(load(REPOSITORY))


def answer(code: str) -> Answer:
    return Answer(exercise="transpose", path=Path(), source=code, symptom="")


RIGHT = answer("def transpose(matrix):\n    return matrix.t()\n")
WRONG = answer("def transpose(matrix):\n    return matrix.clone().t()\n")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(COURSE, "1-tensors", jobs=2) as opened:
        yield opened


def points(pool: Pool, *tasks: Task) -> list[float]:
    found = {id(task): result for task, result in pool.tried(tasks)}
    results = [found[id(task)].result for task in tasks]
    return [one.points / one.max_points for one in results]


def test_each_task_has_its_own_result(pool: Pool) -> None:
    tasks = [Task(answer=one) for one in (RIGHT, WRONG) * 3]

    right, wrong, *_ = found = points(pool, *tasks)

    assert right == 1 > wrong
    assert found == [right, wrong] * 3


def test_the_visible_check_is_asked_where_that_is_wanted(pool: Pool) -> None:
    flipped = answer("def transpose(matrix):\n    return matrix.flip(0)\n")
    tasks = [
        *(Task(answer=one, at_home=True) for one in (RIGHT, flipped)),
        Task(answer=RIGHT),
    ]

    found = {id(task): tried.at_home for task, tried in pool.tried(tasks)}
    right, wrong, not_asked = (found[id(task)] for task in tasks)

    assert (right, not_asked) == ("", None)
    assert wrong is not None
    assert "transpose(m) has shape (2, 3), expected (3, 2)" in wrong


def test_a_killed_process_is_told_and_leaves_none_behind() -> None:
    before = set(psutil.Process().children())

    with Pool(COURSE, "1-tensors", jobs=2) as pool:
        workers = [
            child
            for child in set(psutil.Process().children()) - before
            if "spawn_main" in " ".join(child.cmdline())
        ]
        workers[0].send_signal(signal.SIGKILL)
        with pytest.raises(NotGraded, match=r"1-tensors ended \(-9\).*--jobs 1"):
            points(pool, *[Task(answer=RIGHT)] * 6)

    assert len(workers) == 2
    assert [one for one in workers if one.is_running()] == []


def test_the_solution_and_the_stub_are_as_they_should_be(pool: Pool) -> None:
    assert (pool.of_solution, pool.of_stub) == ([], [])
