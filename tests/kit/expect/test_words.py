"""How values are said: in one line, printable, within a budget."""

from __future__ import annotations

import contextlib
import math
import tracemalloc
import warnings
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.expect.compare import compare
from autograder.expect.printable import printable
from autograder.expect.words import kind_of, shown

CONTROLS = (
    "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\u200b\u200e\u202a\u202e\u2066\u2069\u2028\u2029\ufeff"
)


@pytest.mark.parametrize("character", CONTROLS, ids=ascii)
def test_what_moves_a_cursor_or_turns_text_around_is_replaced(character: str) -> None:
    assert printable(f"a{character}b") == "a�b"


def test_a_terminal_escape_loses_its_power() -> None:
    assert printable("\x1b[2J\x1b]0;title\x07") == "�[2J�]0;title�"


def test_letters_of_all_scripts_stay() -> None:
    assert printable("Größe 像素 שלום é 🙂") == "Größe 像素 שלום é 🙂"


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert printable("abcdef", 4) == "abc…"
    assert printable("abcd", 4) == "abcd"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.integers(2, 80))
def test_any_text_becomes_one_printable_line_within_its_budget(text: str, budget: int) -> None:
    line = printable(text, budget)

    assert len(line) <= budget
    assert len(line.splitlines()) <= 1
    assert not set(line) & set(CONTROLS)
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (True, "True or False"),
        (np.bool_(True), "True or False"),
        (1, "a whole number"),
        (np.uint8(1), "a whole number"),
        (1.0, "a float"),
        (np.float16(1), "a float"),
        (1j, "a complex number"),
        ("a", "a text"),
        (b"a", "bytes"),
        (torch.ones(1), "a tensor"),
        (torch.nn.Parameter(torch.ones(1)), "a tensor"),
        (np.ones(1), "a NumPy array"),
        (torch.Size([1]), "a torch.Size"),
        (torch.int8, "a dtype"),
        (torch.device("cpu"), "a device"),
        ((), "a tuple"),
        ([], "a list"),
        ({}, "a dict"),
        (torch.nn.Linear(1, 1), "an object of type Linear"),
        (type("A\x1b" + "b" * 100, (), {})(), f"an object of type A�{'b' * 57}…"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_kinds_have_a_beginners_words(value: Any, words: str) -> None:
    assert kind_of(value) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (1 / 3, "0.333333"),
        (2.0, "2.0"),
        (-2.0, "-2.0"),
        (1e-9, "1e-09"),
        (float("nan"), "nan"),
        (7, "7"),
        (np.float32(0.1), "0.1"),
        (1 + 2j, "1+2j"),
        (True, "True"),
        (None, "None"),
        ("it's", '"it\'s"'),
        ("a" * 100, f"'{'a' * 59}…'"),
        (torch.float32, "torch.float32"),
        (torch.device("cuda:1"), "cuda:1"),
        (torch.Size([2, 3]), "torch.Size([2, 3])"),
        (torch.tensor([[1.5, 2], [3, 4]]), "tensor([[1.5, 2], [3, 4]])"),
        (torch.tensor(True), "tensor(True)"),
        (torch.ones(16, requires_grad=True), f"tensor([{', '.join('1' * 16)}])"),
        (torch.ones(17), "tensor of shape (17,), float32"),
        (torch.ones(2, device="meta"), "tensor of shape (2,), float32"),
        (torch.ones(0), "tensor([])"),
        (torch.ones(3, 0), "tensor([[], [], []])"),
        (torch.ones(0, 17), "tensor of shape (0, 17), float32"),
        (torch.eye(2).to_sparse(), "a tensor of layout sparse_coo"),
        (np.zeros((300_000, 0)), "array of shape (300000, 0), float64"),
        (np.array(["a"]), "array of shape (1,), <U1"),
        (np.array([None]), "array of shape (1,), object"),
        (np.zeros(2, dtype=[("a", int)]), "array of shape (2,), [('a', '<i8')]"),
        (torch.ones((1,) * 9), f"tensor of shape ({'1, ' * 8}… 9 axes in all), float32"),
        (torch.Size(range(2000)), "torch.Size([0, 1, 2, 3, 4, 5, 6, 7, … 2,000 axes in all])"),
        (np.array([1, 2]), "array([1, 2])"),
        ([1, 2], "a list"),
        ({"a": 1}, "a dict"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_values_are_shown_within_the_budget(value: Any, text: str) -> None:
    assert shown(value) == text


def test_a_nested_tensor_is_said_without_its_shape() -> None:
    with warnings.catch_warnings(action="ignore"):
        nested = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])

    assert shown(nested) == kind_of(nested) == "a nested tensor"


def an_empty_or_spread_tensor(sizes: list[int]) -> torch.Tensor:
    """Of any shape, in a few bytes."""
    return torch.zeros(()).expand(sizes)


def an_empty_or_spread_array(sizes: list[int]) -> np.ndarray[Any, Any]:
    return np.broadcast_to(np.float32(0), sizes)


# A wide axis is large enough to show, and small enough for whoever breaks this.
FEW = st.lists(st.sampled_from([0, 1, 2]), max_size=3)
ONES = st.integers(0, 9).map(lambda count: [1] * count)
SIZES = st.builds(
    lambda before, wide, behind, ones: [*before, wide, *behind, *ones],
    *(FEW, st.sampled_from([17, 300_000]), FEW, ONES),
)
TENSORS = st.one_of(
    [
        SIZES.filter(lambda sizes: math.prod(n or 1 for n in sizes) <= 10**6).map(make)
        for make in (an_empty_or_spread_tensor, an_empty_or_spread_array)
    ]
)
OTHERS = st.one_of(
    st.integers(0, 10_000).map(lambda bits: 7 << bits),
    st.integers(0, 10**6).map(lambda length: "🙂" * length),
    st.lists(st.integers(0, 2**60), max_size=2000).map(torch.Size),
    st.integers(0, 10**5).map(lambda length: [()] * length),
    st.integers(0, 10**5).map(lambda length: {"k" * length: 1}),
    st.complex_numbers(),
)


@settings(max_examples=150, deadline=None)
@given(TENSORS, TENSORS | OTHERS)
def test_words_for_any_value_are_made_from_a_bounded_part(value: Any, other: Any) -> None:
    """A student made the value: what is read of it and what is written have a bound."""
    tracemalloc.start()
    try:
        said = [words(one) for one in (value, other) for words in (shown, kind_of)]
        with contextlib.suppress(TypeError):  # no check expects such an array
            difference = compare(other, value) if _same_size(value, other) else None
            said += [difference.fact, difference.detail] if difference else []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert max(map(len, said)) < 800
    assert peak < 200_000


def _same_size(value: Any, other: Any) -> bool:
    """Whether comparing reads no more than the check itself has made."""
    few = [math.prod(x.shape) < 1000 for x in (value, other) if hasattr(x, "shape")]
    return all(few) or getattr(value, "shape", None) != getattr(other, "shape", None)
