"""Which mistakes get their own hint and what trying them costs, as `verify` tells at its end."""

from __future__ import annotations

from pathlib import Path

from autograder.authoring.cost import Cost
from autograder.authoring.hints import HintCount
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried
from autograder.results import CheckId, CheckResult, ExerciseResult, Observed, Outcome


def tried(
    name: str,
    value: float,
    *,
    hint: str = "",
    fails: tuple[str, ...] = ("a",),
    wall_s: float = 0.1,
) -> Tried:
    check = CheckResult(
        check=CheckId(exercise="x", name="a"),
        outcome=Outcome.FAILED,
        observed=(Observed(kind="call int", values=(value,)),),
    )
    return Tried(
        answer=Answer(
            exercise="x",
            path=Path(f"x/{name}.py"),
            source="",
            symptom="",
            fails=fails,
            hint=hint or name,
        ),
        result=ExerciseResult(exercise="x", max_points=1.0, checks=(check,)),
        wall_s=wall_s,
    )


def test_mistakes_that_behave_alike_are_told_with_each_other() -> None:
    count = HintCount()
    for one in (tried("a", 1), tried("b", 1), tried("c", 2), tried("right", 1, fails=())):
        count.add(one)

    assert count.summary() == "1 of 3 mistakes get their own hint"
    assert count.lines() == [
        "mistakes/x/a behaves like x/b: the answer's code decides",
        "mistakes/x/b behaves like x/a: the answer's code decides",
    ]


def test_mistakes_that_behave_alike_and_have_one_hint_are_fine() -> None:
    count = HintCount()
    for one in (tried("a", 1, hint="Both."), tried("b", 1, hint="Both.")):
        count.add(one)

    assert count.summary() == "2 of 2 mistakes get their own hint"
    assert count.lines() == []


def test_what_mistakes_cost_is_told_and_the_slow_ones_by_name() -> None:
    cost = Cost()
    for one in (
        tried("quick", 1, wall_s=0.25),
        tried("slow", 2, wall_s=7.5),
        tried("right", 3, fails=(), wall_s=20.0),
    ):
        cost.add(one)

    assert cost.summary() == "2 mistakes take 7.8 s to try, x/slow longest: 7.5 s"
    assert cost.lines() == ["mistakes/x/slow takes 7.5 s: hints of its exercise wait for it"]


def test_no_mistake_costs_nothing() -> None:
    assert Cost().summary() == "no mistake was tried"
