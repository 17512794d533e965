"""Data sets, batches that are no loader's, and the batches that come out of a loader."""

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from torch.utils.data import TensorDataset


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    """Samples (X[i], y[i])."""
    return TensorDataset(X, y)


def passes(loader: Iterable[Iterable[Any]], count: int) -> list[list[tuple[Any, ...]]]:
    """The batches of each of so many passes over a loader, fifty at most."""
    return [[tuple(batch) for batch in itertools.islice(loader, 50)] for _ in range(count)]


def drawn() -> list[float]:
    """The next random number of each of the three generators that a notebook has."""
    return [torch.rand(()).item(), float(np.random.rand()), random.random()]


class Batches:
    """Batches that can be iterated over and nothing else; each of its passes begins with another
    batch and goes through all of them several times.
    """

    def __init__(self, batches: list[Any]) -> None:
        self.batches = batches
        self.begun = 0
        self.asked = 0

    def __iter__(self) -> Iterator[Any]:
        self.begun += 1
        return self._go(self.begun - 1)

    def _go(self, start: int) -> Iterator[Any]:
        for place in range(start, start + 5 * len(self.batches)):
            self.asked += 1
            yield self.batches[place % len(self.batches)]
