"""The public draw: what was expected beside what came, on inputs that hold nothing hidden."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
import torch

from autograder.authoring.trial import Trial
from autograder.checks.secret_random import SecretRandom
from autograder.judge.grade import Judge
from autograder.judge.reference import require_full_marks
from autograder.results import Gap, Report, to_json
from tests.kit.course_maker import ASSIGNMENT, Mini, full_marks, judge_of

HIDDEN_DIGITS = """

@check("total")
def test_counts_hidden_digits(student, hidden_digits):
    expect(student.total(hidden_digits.images[0, 0] * 0 + 1), 0.0)
"""
TELLS = """
from autograder.checks import for_page


@for_page("transpose")
def page_what_was_seen(student, record_property, public_digits):
    images, labels = public_digits
    record_property("digits", [len(images), len(labels)])
    record_property("seen", len(fetch(student.seen)))


@for_page("total")
def page_with_secret_draws(student, record_property, rng):
    record_property("drawn", rng.integer(0, 9))


@for_page("total")
def page_with_hidden_digits(student, record_property, hidden_digits):
    record_property("hidden", len(hidden_digits[0]))


@for_page("from_list")
def page_that_fails(student, record_property):
    record_property("before", 1)
    record_property("after", student.no_such_name)
"""
# A first look that fails hands the right `transpose` to whoever calls it next.
LENDS = """
from autograder.checks import fairly

RIGHT = "def transpose(m):\\n    return m.T"


@check("total")
def test_asks_transpose_too(student, rng):
    m = rng.tensor(2, 3)
    fairly(student, RIGHT, lambda: expect(student.total(m), float(m.T.sum()), rtol=1e-3))


@check("matrix_product")
def test_multiplies_after_that(student, solution, rng):
    left, right = rng.tensor(2, 3), rng.tensor(3, 2)
    expect(student.matrix_product(left, right), solution.matrix_product(left, right))
"""
# Keeps what it is lent, for another exercise that has no right answer of its own.
STEALS = """
def total(m):
    global stolen
    turned = transpose(m)
    if turned.shape != m.shape:
        stolen = transpose
    return float(turned.sum()) if turned.shape != m.shape else 0.0
"""
USES_WHAT_WAS_STOLEN = """
def matrix_product(a, b):
    return a @ b if "stolen" in globals() else a
"""
WRONG = "def transpose(m):\n    return m"


@pytest.fixture(scope="module")
def judge(released: Mini) -> Judge:
    trial = Trial(released.course, ASSIGNMENT)
    require_full_marks(trial.judge, trial.cells)
    return trial.judge


def graded(judge: Judge, mini: Mini, **answers: str) -> Report:
    return judge.grade(mini.cells(**answers), public=True).report


def gaps(report: Report) -> dict[str, Gap]:
    checks = [check for exercise in report.exercises for check in exercise.checks]
    return {check.check.name: check.gap for check in checks if check.gap is not None}


def flat(values: Any) -> list[Any]:
    return [one for item in values for one in flat(item)] if isinstance(values, list) else [values]


def test_a_wrong_answer_shows_what_was_expected_beside_what_came(
    judge: Judge, released: Mini
) -> None:
    gap = gaps(graded(judge, released, transpose=WRONG))["test_swaps_the_axes"]

    assert gap.call == "transpose(m)"
    (name, given), *others = gap.inputs
    assert (name, given.shape, given.dtype, others) == ("m", (2, 3), "float32", [])
    assert gap.expected is not None
    assert gap.actual is not None
    assert (gap.expected.shape, gap.actual.shape) == ((3, 2), (2, 3))
    assert gap.actual.values == given.values
    assert flat(gap.expected.values) == flat(list(map(list, zip(*given.values, strict=True))))
    assert "has shape (2, 3), expected (3, 2)" in gap.fact


def test_one_that_raises_shows_what_the_reference_gives(judge: Judge, released: Mini) -> None:
    answer = "def transpose(m):\n    return m.no_such_thing"

    gap = gaps(graded(judge, released, transpose=answer))["test_swaps_the_axes"]

    assert gap.actual is None
    assert gap.expected is not None
    assert gap.expected.shape == (3, 2)
    assert gap.fact.startswith("It raised AttributeError: ")


def test_what_was_put_there_is_shown_as_it_was_put(judge: Judge, released: Mini) -> None:
    answer = "def transpose(m):\n    return m.T.clone()"

    gap = gaps(graded(judge, released, transpose=answer))["test_is_a_view"]

    assert [(name, value.shape) for name, value in gap.inputs] == [("m", (2, 3))]


def test_no_name_is_said_to_be_missing_whose_cell_was_left_out(
    judge: Judge, released: Mini
) -> None:
    """Cells that take long are not run again for it."""
    slow = "import time\ntime.sleep(2)\nHALF = 0.5\n"
    report = graded(
        judge,
        released,
        transpose=f"{slow}def transpose(m):\n    return m",
        total="def total(m):\n    return m.sum().item() * HALF",
    )

    assert {e.exercise for e in report.exercises if e.points < e.max_points} == {
        *("transpose", "total")
    }
    assert [gap.fact for gap in gaps(report).values()] == []


def test_a_right_answer_has_none_and_opens_no_second_kernel(
    judge: Judge, released: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Judge, "run_public", None)

    report = graded(judge, released)

    assert gaps(report) == {}
    assert report.points == sum(full_marks().values())


def test_nothing_hidden_is_in_it_and_it_is_the_same_under_another_secret(
    judge: Judge, released: Mini
) -> None:
    body = "seen.append(m)\n    return torch.cat([s.flatten() for s in seen])"
    kept = f"def transpose(m):\n    {body}"
    cells = released.cells(transpose=f"seen = []\n\n\n{kept}")
    other = dataclasses.replace(judge.assignment, seed=b"another secret")

    report = judge.grade(cells, public=True).report
    again = Judge(other, judge.plan, judge.limits)
    again.follow(judge.trail)

    hidden = SecretRandom(judge.assignment.seed, f"{ASSIGNMENT}:test_swaps_the_axes").tensor(2, 3)
    shown = json.dumps([dataclasses.asdict(gap) for gap in gaps(report).values()])
    assert gaps(report)
    assert not any(f"{value:.5g}"[:6] in shown for value in hidden.flatten().tolist())
    assert gaps(again.grade(cells, public=True).report) == gaps(report)


def test_what_ends_the_kernel_is_not_asked_again(judge: Judge, released: Mini) -> None:
    answer = "def transpose(m):\n    import os\n    os._exit(0)"

    report = graded(judge, released, transpose=answer, total="def total(m):\n    return 1.0")

    assert set(gaps(report)) == {"test_adds_all"}


def test_without_being_asked_for_there_is_none(judge: Judge, released: Mini) -> None:
    assert gaps(judge.grade(released.cells(transpose=WRONG)).report) == {}


def test_a_report_with_gaps_is_read_as_it_was_written(judge: Judge, released: Mini) -> None:
    from autograder.results import from_json

    report = graded(judge, released, transpose=WRONG)

    assert gaps(from_json(json.loads(json.dumps(to_json(report))))) == gaps(report)


def test_the_points_are_those_without_it(judge: Judge, released: Mini) -> None:
    cells = released.cells(transpose=WRONG, total="def total(m):\n    return torch.tensor(1)")

    with_it = judge.grade(cells, public=True).report

    plain = judge.grade(cells).report
    assert [e.points for e in with_it.exercises] == [e.points for e in plain.exercises]


def test_hidden_digits_are_never_part_of_it(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text("utf-8") + HIDDEN_DIGITS, encoding="utf-8")

    report = judge_of(mini).grade(mini.cells(), public=True).report

    lost = [c for c in report.exercise("total").checks if c.credit < 1]
    assert [(c.check.name, c.gap) for c in lost] == [("test_counts_hidden_digits", None)]


def test_what_is_told_for_pages_is_asked_before_anything_hidden(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text("utf-8") + TELLS, encoding="utf-8")
    keeps = "seen = []\n\n\ndef transpose(m):\n    seen.append(m)\n    return m.T"
    judge = judge_of(mini)

    report = judge.grade(mini.cells(transpose=keeps), public=True).report

    assert report.for_page == {
        "transpose": {"digits": [50, 50], "seen": 0},
        "total": {},
        "from_list": {"before": 1},
    }
    assert report.points == sum(full_marks().values())
    assert judge.grade(mini.cells(transpose=keeps)).report.for_page == {}


def test_what_is_told_for_pages_is_no_check(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    before = [check.name for check in judge_of(mini).checks.collect()]
    path.write_text(path.read_text("utf-8") + TELLS, encoding="utf-8")

    assert [check.name for check in judge_of(mini).checks.collect()] == before


def test_right_versions_are_lent_only_after_all_first_looks(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text("utf-8") + LENDS, encoding="utf-8")
    cells = mini.cells(transpose=WRONG, total=STEALS, matrix_product=USES_WHAT_WAS_STOLEN)

    report = judge_of(mini).grade(cells, public=True).report

    product = {c.check.name: c.credit for c in report.exercise("matrix_product").checks}
    asked = {c.check.name: c.credit for c in report.exercise("total").checks}
    assert asked["test_asks_transpose_too"] == 1, "the second look is fair"
    assert product == {"test_rows_times_columns": 0, "test_multiplies_after_that": 0}


def test_a_value_is_shown_with_its_form_and_small_ones_whole() -> None:
    from autograder.checks.gaps import shown

    small = shown(torch.tensor([[1.0, float("nan")]]))
    large = shown(torch.zeros(100, 100))
    several = shown(([1, 2], "a\x1b[31m", {"b": torch.zeros(2)}))

    assert (small.shape, small.dtype, small.device) == ((1, 2), "float32", "cpu")
    assert small.values == [[1.0, "nan"]]
    assert (large.values, large.text) == (None, "a tensor of shape (100, 100), float32")
    assert several.text == "([1, 2], 'a�[31m', {'b': tensor([0, 0])})"
