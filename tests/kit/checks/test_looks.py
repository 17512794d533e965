"""A closer look: what it sees joins the fingerprint, and it changes nothing else."""

from __future__ import annotations

from autograder.checks import closer_look, expect
from autograder.results import Outcome
from tests.kit.checks.conftest import Course

CHECK = """
from autograder.checks import closer_look

@check("half")
def test_it(student, solution):
    with closer_look(lambda: student.nothing()):
        expect(student.half(7), solution.half(7), name="half(7)")
"""
WRONG = "def half(n):\n    return n * 2\ndef nothing():\n    {}\n"


def test_an_answer_that_passes_is_not_looked_at_again() -> None:
    looks: list[int] = []

    with closer_look(lambda: looks.append(1)):
        expect(3, 3)

    assert looks == []


def test_what_a_closer_look_sees_joins_the_fingerprint(course: Course) -> None:
    seen = []
    for body in ("return 3", "return 'three'", "raise ValueError('three')"):
        course.student = WRONG.format(body)
        result = course.results(CHECK)["test_it"]
        assert result.outcome is Outcome.FAILED
        seen.append(result.observed)

    assert len(set(seen)) == 3


def test_the_finding_is_still_what_the_check_found(course: Course) -> None:
    course.student = WRONG.format("raise ValueError('three')")

    (fact, *_) = course.results(CHECK)["test_it"].sentences

    assert "half(7)" in fact.text


def test_an_exception_of_the_answer_is_looked_at_too(course: Course) -> None:
    course.student = "def half(n):\n    raise ValueError('no')\ndef nothing():\n    return 3\n"

    result = course.results(CHECK)["test_it"]

    assert result.outcome is Outcome.ERROR
    assert len(result.observed) == 2
