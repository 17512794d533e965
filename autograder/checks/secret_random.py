"""Inputs drawn from a secret seed: the same for every student of a run, unknown beforehand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import torch

Item = TypeVar("Item")


def derived_seed(seed: bytes, stream: str) -> int:
    """A whole number of 31 bits from the run's seed; it tells nothing of other streams."""
    digest = hashlib.blake2b(stream.encode(), key=seed[:64], digest_size=4).digest()
    return int.from_bytes(digest, "big") >> 1


class SecretRandom:
    """The `rng` fixture. Each check has its own stream, from the run's seed and its own name.

    So neither the order of checks nor a check added or left out changes another's inputs.
    """

    def __init__(self, seed: bytes, stream: str) -> None:
        digest = hashlib.blake2b(stream.encode(), key=seed[:64], digest_size=16).digest()
        self._numpy = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
        self._torch = torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))

    def tensor(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Normal values of this shape and floating dtype."""
        return torch.randn(shape, generator=self._torch, dtype=dtype)

    def integers(
        self, low: int, high: int, *shape: int, dtype: torch.dtype = torch.int64
    ) -> torch.Tensor:
        """Whole numbers from `low` up to, not including, `high`."""
        return torch.randint(low, high, shape, generator=self._torch).to(dtype)

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` up to, not including, `high`."""
        return int(self._numpy.integers(low, high))

    def uniform(self, low: float, high: float) -> float:
        """A float between `low` and `high`."""
        return float(self._numpy.uniform(low, high))

    def array(self, *shape: int, dtype: Any = np.float64) -> np.ndarray[Any, Any]:
        """An array: normal floats, 0…255 for uint8, -100…100 for other whole numbers."""
        kind = np.dtype(dtype)
        if kind.kind == "f":
            return self._numpy.standard_normal(shape).astype(kind)
        low, high = (0, 256) if kind == np.uint8 else (-100, 101)
        return self._numpy.integers(low, high, shape).astype(kind)

    def images(self, count: int) -> torch.Tensor:
        """Float32 images of shape (count, 1, 28, 28) with values in 0…1."""
        return torch.rand((count, 1, 28, 28), generator=self._torch)

    def labels(self, count: int, classes: int = 10) -> torch.Tensor:
        """Labels of shape (count,), int64, below `classes`."""
        return torch.randint(0, classes, (count,), generator=self._torch)

    def seed(self) -> int:
        """A seed for `set_seed`."""
        return self.integer(1, 2**31)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in another order, as a new list."""
        return [items[int(i)] for i in self._numpy.permutation(len(items))]
