"""Data sets, batches that are no loader's, and the batches that come out of a loader."""

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    """Samples (X[i], y[i])."""
    return TensorDataset(X, y)


def loader_of_a_list(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, order: Iterable[int] | None = None
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Like `loader`, but its data set is a list of samples."""
    samples: Any = list(zip(X, y, strict=True))
    return DataLoader(samples, batch_size=batch_size, sampler=order)


def passes(loader: Iterable[Iterable[Any]], count: int) -> list[list[tuple[Any, ...]]]:
    """The batches of each of so many passes over a loader: fifty, or 600 samples, at most."""
    return [list(_beginning(loader)) for _ in range(count)]


def _beginning(loader: Iterable[Iterable[Any]]) -> Iterator[tuple[Any, ...]]:
    samples = 0
    for batch in itertools.islice(loader, 50):
        parts = tuple(batch)
        yield parts
        has_length = bool(parts) and isinstance(parts[0], torch.Tensor) and parts[0].dim() > 0
        samples += len(parts[0]) if has_length else 1
        if samples >= 600:
            break


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
