"""Data sets, batches that are no loader's, and the batches that come out of a loader."""

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, Sampler, TensorDataset


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    """Samples (X[i], y[i])."""
    return TensorDataset(X, y)


def loader_of_a_list(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, order: Iterable[int] | None = None
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Like `loader`, but its data set is a list of samples."""
    samples: Any = list(zip(X, y, strict=True))
    return DataLoader(samples, batch_size=batch_size, sampler=order)


class Samples(Dataset[tuple[torch.Tensor, int]]):
    """Samples (X[i], y[i]) with labels that are ints, as torchvision's MNIST gives them."""

    def __init__(self, X: torch.Tensor, y: torch.Tensor) -> None:
        self.samples: list[tuple[torch.Tensor, int]] = list(zip(X, y.tolist(), strict=True))

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self.samples[index]


def loader_with_a_batch_sampler(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, order: Iterable[int] | None = None
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Like `loader`, but something else makes the batches: the loader knows no size of them."""
    batches = BatchSampler(range(len(y)) if order is None else order, batch_size, drop_last=False)
    return DataLoader(TensorDataset(X, y), batch_sampler=batches)


class Orders(Sampler[int]):
    """Another order in each pass: the first of a list, then the second, and so on, all round."""

    def __init__(self, orders: list[list[int]]) -> None:
        self.orders, self.begun = orders, 0

    def __len__(self) -> int:
        return len(self.orders[0])

    def __iter__(self) -> Iterator[int]:
        self.begun += 1
        return iter(self.orders[(self.begun - 1) % len(self.orders)])


def loader_of_many_orders(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, orders: list[list[int]]
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """A loader that deals in the next of these orders in each pass."""
    return DataLoader(TensorDataset(X, y), batch_size=batch_size, sampler=Orders(orders))


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
    """Batches that can be iterated over and nothing else; each of its passes begins `step` batches
    further than the one before and goes through all of them several times.
    """

    def __init__(self, batches: list[Any], step: int = 1) -> None:
        self.batches = batches
        self.step = step
        self.begun = 0
        self.asked = 0

    def __iter__(self) -> Iterator[Any]:
        self.begun += 1
        return self._go((self.begun - 1) * self.step)

    def _go(self, start: int) -> Iterator[Any]:
        for place in range(start, start + 5 * len(self.batches)):
            self.asked += 1
            yield self.batches[place % len(self.batches)]
