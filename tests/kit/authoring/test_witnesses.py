"""What a witness would say of a result: each by what it has to get."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.witnesses import Kind, Witness
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried
from autograder.results import CheckId, CheckResult, ExerciseResult, Outcome


def tried(given: Answer, *credits: float, outcome: Outcome = Outcome.FAILED) -> Tried:
    checks = tuple(
        CheckResult(
            check=CheckId(exercise="f", name=f"test_{number}", weight=1),
            outcome=Outcome.PASSED if credit == 1 else outcome,
            credit=credit,
        )
        for number, credit in enumerate(credits)
    )
    result = ExerciseResult(exercise="f", max_points=3, checks=checks)
    return Tried(answer=given, result=result, wall_s=0.1)


def answer(*fails: str) -> Answer:
    return Answer(exercise="f", path=Path("f/one.py"), source="", symptom="", fails=fails)


@pytest.mark.parametrize(
    ("kind", "fails", "credits", "says"),
    [
        (Kind.MISTAKE, ("test_0",), (0, 1, 0), ""),
        (Kind.MISTAKE, ("test_0",), (0, 1, 1), "earns 2 instead of 1"),
        (Kind.MISTAKE, ("test_0",), (1, 1, 0), "should also fail test_0; it failed test_2"),
        (Kind.MUTANT, (), (0, 0, 1), ""),
        (Kind.MUTANT, (), (0, 1, 1), "earns 2 instead of 1"),
        (Kind.MUTANT, (), (1, 1, 1), "is no longer killed"),
        (Kind.STUB, (), (0, 0, 0), ""),
        (Kind.STUB, (), (0, 0, 1), "earns points"),
        (Kind.VARIANT, (), (1, 1, 1), ""),
    ],
)
def test_what_is_said(
    kind: Kind, fails: tuple[str, ...], credits: tuple[float, ...], says: str
) -> None:
    witness = Witness(kind=kind, answer=answer(*fails), points=1)

    assert witness.complaint(tried(witness.answer, *credits)) == says


def test_a_mutant_that_waits_for_a_person_is_noticed() -> None:
    witness = Witness(kind=Kind.MUTANT, answer=answer(), points=1)

    found = witness.complaint(tried(witness.answer, 0, 1, 1, outcome=Outcome.UNDECIDED))

    assert found == "is no longer killed"
