"""The generators that all code of a notebook shares."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import torch


def draw() -> dict[str, Any]:
    """The next numbers of each, by the call that draws them."""
    return {
        "torch.rand(6)": torch.rand(6),
        "np.random.rand(6)": np.random.rand(6),
        "random.random()": random.random(),
    }


def draw_after(
    function: Callable[[Any, int], Any], shape: Any, seed: int
) -> tuple[Any, dict[str, Any]]:
    """What the function gives, and the numbers that come after it."""
    # Past the beginning, so that a state that is seeded anew is not the one that it was.
    draw()
    result = function(shape, seed)
    return result, draw()
