"""Values side by side: which numbers are shown, and which of them differ."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.gaps import Side, alone, sides
from autograder.results import Gap, Shown


def tensor(values: Any, dtype: str = "float32", **facts: Any) -> Shown:
    shape = (len(values), len(values[0])) if isinstance(values[0], list) else (len(values),)
    return Shown(
        text="a tensor", **{"shape": shape, "device": "cpu", **facts}, dtype=dtype, values=values
    )


def compared(expected: Shown, actual: Shown) -> tuple[Side, Side]:
    found = sides(Gap(seed=2026, call="f(x)", fact="It differs.", expected=expected, actual=actual))
    assert found is not None
    return found


def differing(side: Side) -> list[tuple[int, int]]:
    return [
        (at, column)
        for at, row in enumerate(side.rows)
        for column, one in enumerate(row)
        if one.differs
    ]


def test_the_cells_that_differ_are_named_on_both_sides() -> None:
    expected, actual = compared(tensor([[1.0, 2.0], [3.0, 4.0]]), tensor([[1.0, 3.0], [2.0, 4.0]]))

    assert differing(expected) == differing(actual) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (1.0, 1.0000001, False),
        (1.0, 1.001, True),
        ("nan", "nan", False),
        ("nan", 1.0, True),
        ("inf", "-inf", True),
        (True, False, True),
        (0.0, 1e-9, False),
    ],
)
def test_rounding_is_no_difference(one: Any, other: Any, differs: bool) -> None:
    expected, _actual = compared(tensor([one]), tensor([other]))

    assert (differing(expected) == [(0, 0)]) is differs


def test_numbers_that_differ_late_are_written_with_more_digits() -> None:
    expected, actual = compared(tensor([0.123456, 2.0]), tensor([0.123489, 2.0]))

    assert [one.text for one in expected.rows[0]] == ["0.123456", "2"]
    assert [one.text for one in actual.rows[0]] == ["0.123489", "2"]


def test_of_other_shapes_no_cell_is_said_to_differ_and_the_shapes_are() -> None:
    expected, actual = compared(tensor([[1, 2, 3]]), tensor([[1], [2], [3]]))

    assert differing(expected) == differing(actual) == []
    assert expected.facts[0] == ("shape", "(1, 3)", "(3, 1)")
    assert actual.facts[0] == ("shape", "(3, 1)", "(1, 3)")
    assert actual.facts[1:] == (("dtype", "float32", ""), ("device", "cpu", ""))


def test_against_what_is_no_tensor_no_fact_is_the_difference() -> None:
    expected, actual = compared(tensor([1.0]), Shown(text="None"))

    assert {other for _, _, other in expected.facts} == {""}
    assert actual == Side(text="None")


@pytest.mark.parametrize(
    "values",
    [
        [[0] * 9] * 8,
        [[1, 2], [3]],
        [[[1]]],
        [{"a": 1}],
        [None],
        [],
        "text",
        7,
        None,
        [1, [2]],
    ],
    ids=str,
)
def test_what_is_no_small_table_is_shown_in_words(values: Any) -> None:
    assert alone(Shown(text="in words", values=values)).rows == ()


def test_sixty_four_numbers_are_a_small_table() -> None:
    assert len(alone(tensor([[1.0] * 8] * 8)).rows) == 8


def test_larger_numbers_have_darker_cells() -> None:
    side = alone(tensor([-1.0, 0.0, 4.0, "nan"]))

    assert [one.shade for one in side.rows[0]] == [0, 1, 5, 0]


def test_where_one_value_is_missing_nothing_is_compared() -> None:
    assert sides(Gap(seed=2026, call="f()", fact="It raised.", expected=tensor([1.0]))) is None


_NUMBERS = st.lists(
    st.floats() | st.integers() | st.booleans() | st.text(max_size=3), min_size=1, max_size=8
)


@given(_NUMBERS, _NUMBERS)
def test_whatever_came_is_shown(one: list[Any], other: list[Any]) -> None:
    expected, actual = compared(tensor(one), tensor(other))

    shades = [number.shade for side in (expected, actual) for row in side.rows for number in row]
    assert len(shades) == len(one) + len(other)
    assert all(0 <= shade <= 5 for shade in shades)
    assert math.isfinite(sum(shades))
