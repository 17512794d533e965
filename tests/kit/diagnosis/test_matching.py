"""Which mistake an answer behaves like: by what was observed, never by its code alone."""

from __future__ import annotations

import pytest
import torch

from autograder.diagnosis.matching import KnownMistake, is_wrong, likeness, match, same, words_of
from autograder.namespace.observed import observed
from autograder.results import CheckId, CheckResult, Diagnosis, ExerciseResult, Observed, Outcome

STEP = "def train_step(model, X, y, loss_fn, optimizer):\n    loss = loss_fn(model(X), y)\n"


def a_check(
    *lines: str, name: str = "test_one", outcome: Outcome = Outcome.FAILED, hint: str | None = None
) -> CheckResult:
    return CheckResult(
        check=CheckId(exercise="x", name=name),
        outcome=outcome,
        credit=float(outcome is Outcome.PASSED),
        observed=tuple(Observed.from_line(line) for line in lines),
        hint=hint,
    )


def a_mistake(name: str, *checks: CheckResult, hint: str = "", code: str = "") -> KnownMistake:
    return KnownMistake(name=name, hint=hint or f"Hint of {name}.", code=code, checks=checks)


def an_answer(*checks: CheckResult) -> ExerciseResult:
    return ExerciseResult(exercise="x", max_points=2.0, checks=checks)


def test_an_answer_that_behaves_like_a_mistake_gets_its_hint() -> None:
    known = [a_mistake("a", a_check("call int | 3")), a_mistake("b", a_check("call int | 4"))]

    found = match(an_answer(a_check("call int | 4")), "", known)

    assert found == Diagnosis(mistakes=("b",), hint="Hint of b.")


@pytest.mark.parametrize(
    ("mine", "other", "equal"),
    [
        ("call float | 0.5", "call float | 0.50001", True),
        ("call float | 0.5", "call float | 0.51", False),
        ("call float | 1e-07", "call float | 0", True),
        ("call float | nan", "call float | nan", True),
        ("call float | inf", "call float | -inf", False),
        ("call float | 3", "call int | 3", False),
        ("call tensor float32 (2,) cpu | 1 2", "call tensor float32 (2,) cpu | 1 2 3", False),
    ],
)
def test_values_agree_but_for_float_noise_and_kinds_exactly(
    mine: str, other: str, equal: bool
) -> None:
    assert same([a_check(mine)], [a_check(other)]) is equal


def test_a_check_that_one_of_them_passes_tells_them_apart() -> None:
    lost, passed = a_check("call int | 3"), a_check(outcome=Outcome.PASSED)

    assert not same([lost], [passed])
    assert same([lost, a_check(name="test_two", outcome=Outcome.PASSED)][:1], [lost])


def test_other_checks_are_never_the_same() -> None:
    assert not same([a_check("call int | 3")], [a_check("call int | 3", name="test_other")])


def test_mistakes_that_behave_alike_and_say_the_same_give_their_hint() -> None:
    known = [a_mistake(name, a_check("call int | 3"), hint="Both.") for name in "ab"]

    assert match(an_answer(a_check("call int | 3")), "", known) == Diagnosis(
        mistakes=("a", "b"), hint="Both."
    )


def test_of_two_that_behave_alike_the_code_decides_where_it_is_clear() -> None:
    no_step = STEP + "    optimizer.zero_grad()\n    loss.backward()\n    return loss.item()\n"
    no_backward = STEP + "    optimizer.zero_grad()\n    optimizer.step()\n    return loss.item()\n"
    known = [
        a_mistake("no_step", a_check("call float | 2.3"), code=no_step),
        a_mistake("no_backward", a_check("call float | 2.3"), code=no_backward),
    ]
    student = (
        "def train_step(model, X, y, loss_fn, optimizer):\n    optimizer.zero_grad()\n"
        "    cost = loss_fn(model(X), y)\n    optimizer.step()\n    return float(cost)\n"
    )

    found = match(an_answer(a_check("call float | 2.3")), student, known)

    assert found == Diagnosis(mistakes=("no_backward", "no_step"), hint="Hint of no_backward.")


@pytest.mark.parametrize("student", ["def f(m):\n    return odd(m)\n", "def (", "((((" * 5000, ""])
def test_where_nothing_tells_two_apart_no_hint_is_given(student: str) -> None:
    known = [
        a_mistake("a", a_check("call int | 3"), code="def f(m):\n    return m[0]\n"),
        a_mistake("b", a_check("call int | 3"), code="def f(m):\n    return m[1]\n"),
    ]

    found = match(an_answer(a_check("call int | 3")), student, known)

    assert found == Diagnosis(mistakes=("a", "b"), hint=None)


def four(*values: float) -> list[CheckResult]:
    return [a_check(f"call int | {v}", name=f"test_{n}") for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "hint"), [((1, 2, 3, 99), "Hint of a."), ((1, 2, 98, 99), None)]
)
def test_one_noisy_check_of_four_is_passed_over_two_are_not(
    values: tuple[float, ...], hint: str | None
) -> None:
    found = match(an_answer(*four(*values)), "", [a_mistake("a", *four(1, 2, 3, 4))])

    assert (found.hint if found else None) == hint


def test_an_answer_like_none_has_no_diagnosis() -> None:
    known = [a_mistake("a", a_check("call int | 3"))]

    assert match(an_answer(a_check("call int | 4")), "", known) is None


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (a_check("call int | 3"), True),
        (a_check("raised ValueError: no | ", outcome=Outcome.ERROR), True),
        (a_check("raised NotImplementedError:  | ", outcome=Outcome.ERROR), False),
        (a_check("no transpose | ", outcome=Outcome.ERROR), False),
        (a_check(outcome=Outcome.PASSED), False),
        (a_check("timeout | ", outcome=Outcome.TIMEOUT), False),
        (a_check(outcome=Outcome.NOT_RUN), False),
    ],
)
def test_only_answers_that_were_given_and_are_wrong_are_diagnosed(
    check: CheckResult, wrong: bool
) -> None:
    assert is_wrong(an_answer(check)) is wrong


def test_words_of_code_leave_out_the_names_that_it_makes_itself() -> None:
    assert words_of("def f(m):\n    mine = m.clone()\n    return mine\n") == [
        "m",
        "clone",
        "Return",
    ]


def test_likeness_is_1_for_the_code_itself() -> None:
    codes = ["def f(m):\n    return m.T\n", "def f(m):\n    return m.reshape(3, 2)\n"]

    first, second = likeness(codes[0], codes)

    assert first == 1.0
    assert second < 0.6


@pytest.mark.parametrize(
    ("mine", "other", "equal"),
    [
        (torch.device("cuda"), "cuda", True),
        (torch.device("cuda", 0), "cuda", True),
        (torch.device("mps"), torch.device("mps", 0), True),
        (torch.device("cuda"), "gpu", False),
        (torch.device("cuda"), torch.device("cpu"), False),
    ],
)
def test_how_a_device_is_named_tells_no_two_apart(mine: object, other: object, equal: bool) -> None:
    lines = (str(observed("call", one)) for one in (mine, other))
    first, second = (a_check(line) for line in lines)

    assert same([first], [second]) is equal
