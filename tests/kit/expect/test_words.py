"""How values are said: in one line, printable, within a budget."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.expect.words import kind_of, printable, shown

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
        (np.array([1, 2]), "array([1, 2])"),
        ([1, 2], "a list"),
        ({"a": 1}, "a dict"),
    ],
    ids=str,
)
def test_values_are_shown_within_the_budget(value: Any, text: str) -> None:
    assert shown(value) == text
