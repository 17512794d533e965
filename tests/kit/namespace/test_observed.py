"""What is kept of an answer: exact kinds, numbers to be compared, nothing without bound."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder import wire
from autograder.namespace.failures import MissingName, StudentDied, StudentError, StudentTimeout
from autograder.namespace.local import local_space
from autograder.namespace.observed import observed, observed_failure
from autograder.namespace.space import new_round, observed_in_round
from autograder.results import Observed

VALUES = [
    None,
    True,
    10**400,
    1.5,
    float("nan"),
    2 + 3j,
    "text \ud800",
    b"bytes",
    [1, "two", [3.0]],
    (torch.ones(2, 2), {"a": 1, (2, 3): None}),
    list(range(10_000)),
    [10**400] * 20,
    np.zeros((30_000_000, 0)),
    torch.zeros((0, 30_000_000)),
    {"key" * 100_000: "text" * 100_000},
    {(("a",) * 100, n): [[n] * 100] * 100 for n in range(100)},
    slice(10**1000, None),
    torch.Size((2, 3)),
    torch.int64,
    torch.device("cpu"),
    slice(1, None, 2),
    ...,
    np.float32(1.5),
    *(torch.ones(40).to(dtype) for dtype in wire.DTYPES.values()),
    *(torch.ones(()).to(dtype) for dtype in wire.DTYPES.values()),
    torch.empty(0),
    torch.full((100,), float("nan")),
    torch.tensor([float("inf")] * 50 + [1.0]),
    torch.empty(3, 4, device="meta"),
    torch.ones(3, requires_grad=True),
    np.ones((3, 4), dtype=np.float16),
    np.zeros((30, 4), dtype=bool),
    torch.zeros(2000, 2000),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_plain_value_gives_a_short_line_that_can_be_read_again(value: Any) -> None:
    line = observed("call", value)

    assert len(str(line)) < 700
    assert str(Observed.from_line(str(line))) == str(line)


def test_nesting_without_end_gives_a_short_line() -> None:
    deep: Any = []
    for _ in range(20):
        deep = [deep] * 10

    assert len(str(observed("call", deep))) < 700


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (torch.tensor([[1.0, 2.0]]), "call tensor float32 (1, 2) cpu | 1 2"),
        (torch.tensor(3, dtype=torch.int64), "call tensor int64 () cpu | 3"),
        (np.array([1.5]), "call array float64 (1,) | 1.5"),
        ((3, None), "call tuple of 2 [int, None] | 3"),
        (torch.float64, "call dtype torch.float64 | "),
        (True, "call bool | 1"),
    ],
)
def test_the_line_of_a_value(value: Any, line: str) -> None:
    assert str(observed("call", value)) == line


def test_a_float_noise_changes_the_last_digits_of_the_numbers_only() -> None:
    values = torch.randn(30, 40, generator=torch.Generator().manual_seed(1))

    first, second = observed("call", values), observed("call", values * (1 + 1e-7))

    assert first.kind == second.kind
    assert first.values == pytest.approx(second.values, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(
    "other",
    [
        lambda m: m.flip(0),
        lambda m: m.T.reshape(30, 40),
        lambda m: m + 0.01,
        lambda m: m.roll(1, 1),
        lambda m: m.round(decimals=1),
    ],
)
def test_other_values_give_other_numbers(other: Any) -> None:
    matrix = torch.randn(30, 40, generator=torch.Generator().manual_seed(1))

    first, second = observed("call", matrix), observed("call", other(matrix))

    assert first.values != pytest.approx(second.values, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            StudentError("RuntimeError", "shape '[2, 3]' is invalid for input of size 5", 7, "x"),
            "raised RuntimeError: shape '[#, #]' is invalid for input of size # | 2 3 5",
        ),
        (StudentError("NameError", "name 'toch' is not defined"), "raised NameError: name … is "),
        (StudentError("OSError", "no file /tmp/ag-x1/a.pt"), "raised OSError: no file … | "),
        (StudentError("TypeError", "at 0x7f00aa"), "raised TypeError: at … | "),
        (MissingName("transpose", []), "no transpose | "),
        (StudentTimeout(3.0), "timeout | "),
        (StudentDied("memory"), "died | "),
    ],
)
def test_the_line_of_a_failure(problem: Exception, line: str) -> None:
    assert str(observed_failure(problem)).startswith(line)


def test_an_exceptions_line_in_the_notebook_does_not_matter() -> None:
    first, second = (StudentError("ValueError", "no", place, "raise") for place in (3, 99))

    assert observed_failure(first) == observed_failure(second)


def test_what_the_reference_answers_is_not_kept() -> None:
    space = local_space([("one", "x = 3")], wall_s=5)

    assert space.x == 3
    assert observed_in_round(space) == ()


def test_a_round_with_a_seed_gives_the_same_draws_again() -> None:
    space = local_space([("one", "import torch\ndef draw():\n    return torch.rand(3)")], wall_s=5)

    draws = []
    for seed in (7, 8, 7):
        new_round(space, seed)
        draws.append(space.draw())

    assert torch.equal(draws[0], draws[2])
    assert not torch.equal(draws[0], draws[1])
