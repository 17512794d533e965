"""Loaders of images and labels that a check has drawn."""

from collections.abc import Iterable

import torch
from torch.utils.data import DataLoader, TensorDataset


def loader(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, order: Iterable[int] | None = None
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Batches in the order of the samples, or in another that is given."""
    return DataLoader(TensorDataset(X, y), batch_size=batch_size, sampler=order)
