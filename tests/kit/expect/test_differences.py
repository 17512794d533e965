"""`compare`: for each kind of difference the exact fact and detail; what counts as equal."""

from __future__ import annotations

import math
import re
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.expect import words
from autograder.expect.compare import Tolerance, compare
from autograder.wire import DTYPES

NAN, INF = math.nan, math.inf
f32, f64, i64 = torch.float32, torch.float64, torch.int64


class Mine(torch.Tensor):
    """A subclass of Tensor, as a student may write one."""


class LyingInt(int):
    """Equal to everything, says it."""

    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Loader:
    """A class of no package that is known."""


def t(*values: Any, dtype: torch.dtype = f32) -> torch.Tensor:
    return torch.tensor(values, dtype=dtype)


# What came, what was expected; the kind, the fact and, where it is another, the detail.
GOLDEN: list[tuple[Any, Any, str, str, str]] = [
    # type
    (None, t(1.0), "type", "is None, expected a tensor", ""),
    ([1.0], t(1.0), "type", "is a list, expected a tensor", ""),
    (2.0, t(2.0), "type", "is a float, expected a tensor", "… (got 2.0)"),
    (
        np.ones(2),
        torch.ones(2),
        "type",
        "is a NumPy array, expected a tensor",
        "… (got array([1, 1]))",
    ),
    (
        torch.ones(2),
        np.ones(2),
        "type",
        "is a tensor, expected a NumPy array",
        "… (got tensor([1, 1]))",
    ),
    (
        torch.ones(1).as_subclass(Mine),
        torch.ones(1),
        "type",
        "is an object of type Mine, expected a tensor",
        "… (got tensor([1]))",
    ),
    (
        np.ma.masked_array([1]),
        np.array([1]),
        "type",
        "is an object of type MaskedArray, expected a NumPy array",
        "… (got array([1]))",
    ),
    (t(1.5).sum(), 1.5, "type", "is a tensor, expected a float", "… (got tensor(1.5))"),
    (t(3, dtype=i64)[0], 3, "type", "is a tensor, expected a whole number", "… (got tensor(3))"),
    (
        torch.zeros(99), 3, "type",
        "is a tensor, expected a whole number",
        "… (got tensor of shape (99,), float32)",
    ),
    (3.0, 3, "type", "is a float, expected a whole number", "… (got 3.0)"),
    (True, 1, "type", "is True or False, expected a whole number", "… (got True)"),
    (np.bool_(True), 1, "type", "is True or False, expected a whole number", "… (got True)"),
    (1, True, "type", "is a whole number, expected True or False", "… (got 1)"),
    (True, 1.0, "type", "is True or False, expected a float", "… (got True)"),
    (1j, 1.0, "type", "is a complex number, expected a float", "… (got 0+1j)"),
    ("0.5", 0.5, "type", "is a text, expected a float", "… (got '0.5')"),
    (7, "7", "type", "is a whole number, expected a text", "… (got 7)"),
    (b"7", "7", "type", "is bytes, expected a text", ""),
    (t(1.0), None, "type", "is a tensor, expected None", "… (got tensor([1]))"),
    (
        len, 1, "type",
        "is an object of type builtin_function_or_method, expected a whole number",
        "",
    ),
    (
        Loader(), 1, "type",
        "is an object of type Loader, expected a whole number",
        "",
    ),
    ("float32", f32, "type", "is a text, expected a dtype", "… (got 'float32')"),
    ("cpu", torch.device("cpu"), "type", "is a text, expected a device", "… (got 'cpu')"),
    (t(1.0), (1.0,), "type", "is a tensor, expected a tuple", "… (got tensor([1]))"),
    (5, [5], "type", "is a whole number, expected a list", "… (got 5)"),
    (5, torch.Size([5]), "type", "is a whole number, expected a torch.Size", "… (got 5)"),
    ([("a", 1)], {"a": 1}, "type", "is a list, expected a dict", ""),
    # shape, dtype, device, requires_grad
    (torch.zeros(2, 3), torch.zeros(3, 2), "shape", "has shape (2, 3), expected (3, 2)", ""),
    (torch.zeros(()), torch.zeros(1), "shape", "has shape (), expected (1,)", ""),
    (torch.zeros(0), torch.zeros(1, 0), "shape", "has shape (0,), expected (1, 0)", ""),
    (np.zeros(2), np.zeros((2, 1)), "shape", "has shape (2,), expected (2, 1)", ""),
    (t(1, dtype=f64), t(1), "dtype", "has dtype float64, expected float32", ""),
    (np.zeros(1), np.zeros(1, "f4"), "dtype", "has dtype float64, expected float32", ""),
    (
        torch.zeros(1), torch.zeros(1, device="meta"), "device",
        "is on device cpu, expected meta",
        "",
    ),
    (
        torch.zeros(1, requires_grad=True),
        torch.zeros(1),
        "requires_grad",
        "still requires a gradient, expected one without",
        "",
    ),
    (
        torch.zeros(1),
        torch.zeros(1, requires_grad=True),
        "requires_grad",
        "does not require a gradient, expected one that does",
        "",
    ),
    # the order of these
    (torch.zeros(2, dtype=f64), torch.ones(3), "shape", "has shape (2,), expected (3,)", ""),
    (
        torch.zeros(1, dtype=f64, requires_grad=True),
        torch.ones(1),
        "dtype",
        "has dtype float64, expected float32",
        "",
    ),
    (
        torch.zeros(1, requires_grad=True),
        torch.ones(1),
        "requires_grad",
        "still requires a gradient, expected one without",
        "",
    ),
    # values
    (
        t(1, 2, 4),
        t(1, 2, 3),
        "values",
        "differs in 1 of 3 values, first at [2]",
        "differs in 1 of 3 values; the first at [2] is 4, expected 3",
    ),
    (
        torch.zeros(2, 2),
        t(0, 1, 1, 0).reshape(2, 2),
        "values",
        "differs in 2 of 4 values, first at [0, 1]",
        "differs in 2 of 4 values; the first at [0, 1] is 0, expected 1",
    ),
    (
        t(1.5), t(0.25), "values",
        "has another value",
        "has another value; the first at [0] is 1.5, expected 0.25",
    ),
    (
        t(1.5)[0], t(0.25)[0], "values",
        "has another value",
        "has another value; the first is 1.5, expected 0.25",
    ),
    (
        t(NAN, 1), t(0, 1), "values",
        "differs in 1 of 2 values, first at [0]",
        "differs in 1 of 2 values; the first at [0] is nan, expected 0",
    ),
    (
        t(1, 0, dtype=torch.bool), t(1, 1, dtype=torch.bool), "values",
        "differs in 1 of 2 values, first at [1]",
        "differs in 1 of 2 values; the first at [1] is False, expected True",
    ),
    (
        t(1j, dtype=torch.complex64), t(2j, dtype=torch.complex64), "values",
        "has another value",
        "has another value; the first at [0] is 0+1j, expected 0+2j",
    ),
    (
        t(1.0000005, dtype=f64), t(1, dtype=f64), "values",
        "has another value",
        "has another value; the first at [0] is 1.0000005, expected 1",
    ),
    (
        np.array([1, 2]), np.array([1, 3]), "values",
        "differs in 1 of 2 values, first at [1]",
        "differs in 1 of 2 values; the first at [1] is 2, expected 3",
    ),
    (4, 3, "values", "is not the expected number", "is 4, expected 3"),
    (0.5, 0.25, "values", "is not the expected number", "is 0.5, expected 0.25"),
    (1.0000001, 1.5, "values", "is not the expected number", "is 1, expected 1.5"),
    (NAN, 1.0, "values", "is not the expected number", "is nan, expected 1"),
    (1.0, NAN, "values", "is not the expected number", "is 1, expected nan"),
    (1.0, INF, "values", "is not the expected number", "is 1, expected inf"),
    (-INF, INF, "values", "is not the expected number", "is -inf, expected inf"),
    (INF, 1.0, "values", "is not the expected number", "is inf, expected 1"),
    (np.float32(-INF), INF, "values", "is not the expected number", "is -inf, expected inf"),
    (np.float32(NAN), INF, "values", "is not the expected number", "is nan, expected inf"),
    (-(10**400), INF, "values", "is not the expected number", "is -inf, expected inf"),
    (
        10**400, 3, "values",
        "is not the expected number",
        "is a whole number of 1,329 bits, expected 3",
    ),
    (1j, 2j, "values", "is not the expected complex number", "is 0+1j, expected 0+2j"),
    (False, True, "values", "is False, expected True", ""),
    (f64, f32, "values", "is float64, expected float32", ""),
    ("7", "seven", "values", "is not the expected text", "is '7', expected 'seven'"),
    (
        "a\x1b[31m\n\u202eb", "b", "values",
        "is not the expected text",
        "is 'a�[31m��b', expected 'b'",
    ),
    (b"7", b"8", "values", "is not the expected bytes", "is bytes, expected bytes"),
    (torch.device("cpu"), torch.device("cuda", 1), "device", "is cpu, expected cuda:1", ""),
    # containers
    ((1, 2), (1, 2, 3), "length", "has 2 items, expected 3", ""),
    ([1], [], "length", "has 1 item, expected 0", ""),
    ({}, {"loss": 1}, "keys", "has no key 'loss'", ""),
    ({"loss": 1, "los": 2}, {"loss": 1}, "keys", "has a key too many", "has a key too many: 'los'"),
    ({"a": 1, "b": 2, "c": 3}, {"a": 1}, "keys", "has 2 keys too many", "has 2 keys too many: 'b'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actual", "expected", "kind", "fact", "detail"),
    GOLDEN,
    ids=[f"{row[2]}: {row[3]}" for row in GOLDEN],
)
def test_a_difference_is_said_in_these_words(
    actual: Any, expected: Any, kind: str, fact: str, detail: str
) -> None:
    difference = compare(actual, expected)

    assert difference is not None
    whole = detail.replace("…", fact) or fact
    assert (difference.kind, difference.fact, difference.detail) == (kind, fact, whole)


@pytest.mark.parametrize(
    ("actual", "expected", "where", "fact"),
    [
        ([1, 2], [1, 3], "[1]", "is not the expected number"),
        ((1, {"loss": [1]}), (1, {"loss": [2]}), "[1]['loss'][0]", "is not the expected number"),
        ({3: t(1)}, {3: t(1, 2)}, "[3]", "has shape (1,), expected (2,)"),
        ([[1]], [[1, 2]], "[0]", "has 1 item, expected 2"),
        ([{}], [{"a": 1}], "[0]", "has no key 'a'"),
    ],
)  # fmt: skip
def test_a_difference_inside_names_its_place(
    actual: Any, expected: Any, where: str, fact: str
) -> None:
    difference = compare(actual, expected)

    assert difference is not None
    assert (difference.where, difference.fact) == (where, fact)


Point = namedtuple("Point", "x y")

EQUAL: list[tuple[Any, Any]] = [
    ([1, 2], (1, 2)),
    ((1, 2), [1, 2]),
    ([2, 3], torch.Size([2, 3])),
    (torch.Size([2, 3]), (2, 3)),
    (Point(1, 2), (1, 2)),
    (OrderedDict(b=2, a=1), {"a": 1, "b": 2}),
    (np.int8(3), 3),
    (np.uint64(3), 3),
    (np.float32(0.5), 0.5),
    (np.float16(NAN), NAN),
    (np.bool_(True), True),
    (np.str_("a"), "a"),
    (np.complex64(1j), 1j),
    (3, 3.0),
    (np.int64(3), 3.0),
    (10**400, INF),
    (-(10**400), -INF),
    (3, np.int64(3)),
    (0.5, np.float64(0.5)),
    (1j, np.complex128(1j)),
    (True, np.bool_(True)),
    ("a", np.str_("a")),
    (NAN, NAN),
    (-INF, -INF),
    (0.0, -0.0),
    (1.0 + 5e-5, 1.0),
    (5e-7, 0.0),
    (t(NAN, INF, -INF), t(NAN, INF, -INF)),
    (t(1.0 + 1e-6), t(1.0)),
    (torch.nn.Parameter(t(1)), t(1).requires_grad_()),
    (torch.zeros(2, 0), torch.zeros(2, 0)),
    (torch.empty(2, device="meta"), torch.empty(2, device="meta")),
    (np.array([1, 2], dtype=">i4"), np.array([1, 2], dtype="i4")),
    (np.array([0.5], dtype="f4"), np.array([0.5], dtype=">f4")),
    (np.array([1, 2])[::-1], np.array([2, 1])),
    (torch.device("cuda"), torch.device("cuda:0")),
    (None, None),
    ("", ""),
    (b"a", b"a"),
    (f32, f32),
    ([], ()),
    ({}, {}),
]


@pytest.mark.parametrize(("actual", "expected"), EQUAL, ids=lambda value: repr(value)[:30])
def test_what_a_beginner_may_return_as_well_counts_as_equal(actual: Any, expected: Any) -> None:
    assert compare(actual, expected) is None


@pytest.mark.parametrize("expected", [3, 3.0])
def test_an_int_that_says_it_equals_everything_is_not_believed(expected: float) -> None:
    assert compare(LyingInt(4), expected) is not None


@pytest.mark.parametrize(
    ("actual", "expected", "tolerance", "equal"),
    [
        (t(1.1), t(1.0), Tolerance(atol=0.2), True),
        (t(1.1), t(1.0), Tolerance(atol=0.05, rtol=0), False),
        (t(110.0), t(100.0), Tolerance(rtol=0.2), True),
        (t(1.0 + 1e-6), t(1.0), Tolerance(rtol=0, atol=0), False),
        (t(5, dtype=i64), t(6, dtype=i64), Tolerance(), False),
        (t(5, dtype=i64), t(6, dtype=i64), Tolerance(atol=1), True),
        (1.1, 1.0, Tolerance(atol=0.2), True),
        (1.0 + 5e-5, 1.0, Tolerance(rtol=1e-6), False),
        (0.0, 0.0, Tolerance(rtol=0, atol=0), True),
        ([1.1], [1.0], Tolerance(atol=0.2), True),
        ({"a": 1.1}, {"a": 1.0}, Tolerance(atol=0.2), True),
        (np.array([1.1]), np.array([1.0]), Tolerance(atol=0.2), True),
        (5, 6, Tolerance(atol=2), False),
        (NAN, 1.0, Tolerance(atol=INF), False),
    ],
)
def test_a_tolerance_reaches_floats_wherever_they_are(
    actual: Any, expected: Any, tolerance: Tolerance, equal: bool
) -> None:
    assert (compare(actual, expected, tolerance) is None) is equal


@pytest.mark.parametrize("name", sorted(DTYPES))
def test_tensors_of_every_dtype_are_compared(name: str) -> None:
    one, other = t(1, 0).to(DTYPES[name]), t(1, 1).to(DTYPES[name])

    assert compare(one, one.clone()) is None
    assert compare(one, other) is not None


@pytest.mark.parametrize(
    ("dtype", "near", "far"),
    [
        (torch.float16, 1.001, 1.01),
        (torch.bfloat16, 1.01, 1.04),
        (f32, 1 + 1e-6, 1 + 2e-5),
        (f64, 1 + 1e-7, 1 + 1e-6),
        (torch.complex64, 1 + 1e-6, 1 + 2e-5),
    ],
    ids=str,
)
def test_by_default_tensors_are_as_close_as_torch_testing_has_them(
    dtype: torch.dtype, near: float, far: float
) -> None:
    one = t(1, dtype=dtype)

    torch.testing.assert_close(t(near, dtype=dtype), one)
    assert compare(t(near, dtype=dtype), one) is None
    assert compare(t(far, dtype=dtype), one) is not None


@pytest.mark.parametrize("expected", [{1}, object(), range(3), Loader, lambda: 0])
def test_what_nobody_can_compare_with_is_the_checks_own_fault(expected: Any) -> None:
    with pytest.raises(TypeError, match="expect cannot compare with an object of type"):
        compare(1, expected)


def test_whole_numbers_of_any_size_are_compared_exactly() -> None:
    large = 2**53 + 1

    assert compare(t(2**53, dtype=i64), t(large, dtype=i64)) is not None
    assert compare(2**53, large) is not None


numbers = st.integers(10**4, 10**9) | st.floats(1e-3, 1e9, allow_nan=False, allow_subnormal=False)


def _digits(text: str) -> set[str]:
    """The runs of three digits or more: counts and shapes here are shorter."""
    return set(re.findall(r"[0-9]{3,}", text))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5), st.data())
def test_a_fact_holds_no_digits_of_either_value(
    pairs: list[tuple[float, float]], data: st.DataObject
) -> None:
    got, wanted = [a for a, _ in pairs], [b for _, b in pairs]
    form = data.draw(
        st.sampled_from(
            [
                lambda values: values,
                lambda values: {"loss": values},
                lambda values: torch.tensor(values, dtype=f64),
                lambda values: np.array(values, dtype=np.float64),
                lambda values: [torch.tensor(values, dtype=i64)],
                lambda values: str(values),
            ]
        )
    )
    difference = compare(form(got), form(wanted))
    assume(difference is not None)

    assert difference is not None
    assert _digits(difference.fact) == set()


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_numbers_that_differ_read_differently(one: float, other: float) -> None:
    assume(one != other)

    first, second = words.numbers(one, other)

    assert first != second


@settings(max_examples=60, deadline=None)
@given(st.floats() | st.integers() | st.booleans() | st.complex_numbers(allow_nan=False))
def test_every_number_equals_itself(value: Any) -> None:
    assert compare(value, value) is None
