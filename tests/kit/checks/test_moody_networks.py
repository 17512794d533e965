"""The networks that show how they were run, as a check lends them to a student's process."""

from __future__ import annotations

import copy
import types
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.checks import tools

CHECKS = Path(__file__).parents[2] / "hidden" / "5-saving" / "test_2_classify.py"


@pytest.fixture
def lent() -> Any:
    helpers = types.ModuleType("helpers")
    exec(tools(str(CHECKS), "moody_networks"), vars(helpers))
    return helpers


def inner(lent: Any) -> torch.nn.Module:
    """A network whose logits are its biases 0, 1, … 4 for every image."""
    network: torch.nn.Module = lent.linear_network(torch.zeros(5, 4), torch.arange(5.0))
    return network


def moved(model: torch.nn.Module) -> int:
    return int(model(torch.zeros(1, 2, 2)).argmax() + 1) % 5


@pytest.mark.parametrize(
    ("outside", "inside", "expected"),
    [(True, True, 1), (False, True, 3), (True, False, 0), (False, False, 0)],
)
def test_logits_move_by_the_modes_of_the_outside_and_the_inside(
    lent: Any, outside: bool, inside: bool, expected: int
) -> None:
    model = lent.moving(inner(lent), in_training=1, inside_in_training=3)
    model.train(inside)
    model.training = outside

    assert moved(model) == expected


@pytest.mark.parametrize(("outside", "expected"), [(True, 1), (False, 0)])
def test_without_a_move_for_the_inside_the_outside_alone_decides(
    lent: Any, outside: bool, expected: int
) -> None:
    model = lent.moving(inner(lent), in_training=1)
    model.train(not outside)
    model.training = outside

    assert moved(model) == expected


@pytest.mark.parametrize(("recorded", "expected"), [(True, 2), (False, 0)])
def test_logits_move_where_gradients_are_recorded(lent: Any, recorded: bool, expected: int) -> None:
    model = lent.moving(inner(lent), with_gradients=2)

    with torch.set_grad_enabled(recorded):
        assert moved(model) == expected


def test_what_copies_are_shown_is_known_too(lent: Any) -> None:
    shown: list[list[int]] = []
    model = lent.moving(inner(lent), shown=shown)

    copy.deepcopy(model)(torch.zeros(3, 2, 2))

    assert shown == [[3, 2, 2]]


def test_no_attribute_says_by_what_logits_move(lent: Any) -> None:
    model = lent.moving(inner(lent), in_training=3, with_gradients=4, inside_in_training=2)
    own = vars(model).keys() - vars(torch.nn.Module()).keys()

    assert own == set()
    assert list(model._modules) == ["inner"]
