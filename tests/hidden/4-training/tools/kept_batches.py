"""A loader that gives the same tensors in each pass, which shows what becomes of them."""

from collections.abc import Iterator
from typing import Any

import torch
from loaders import loader
from torch.utils.data import DataLoader, TensorDataset


def kept_loader(X: torch.Tensor, y: torch.Tensor, batch_size: int) -> DataLoader[Any]:
    """Batches that are made once; `len`, `dataset` and `batch_size` are as ever."""
    batches = [tuple(batch) for batch in loader(X, y, batch_size)]

    class Keeping(DataLoader[Any]):
        def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
            return iter(batches)

    return Keeping(TensorDataset(X, y), batch_size=batch_size)
