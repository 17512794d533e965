"""Draws of a function, each after a seed of PyTorch's own."""

from collections.abc import Callable, Iterable
from typing import Any

import torch


def draw(function: Callable[[Any], Any], shape: Any, seeds: Iterable[int]) -> list[Any]:
    """What the function gives for the shape after each of these seeds."""
    results = []
    for seed in seeds:
        torch.manual_seed(seed)
        results.append(function(shape))
    return results
