"""Right versions of what mean_and_std may call."""

from collections.abc import Iterable
from typing import Any

from torch.utils.data import DataLoader, Dataset


def make_loaders(
    train_data: Dataset[Any], test_data: Dataset[Any], batch_size: int = 64
) -> tuple[DataLoader[Any], DataLoader[Any]]:
    """A loader of each: the first shuffles, the second keeps the order."""
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size=batch_size)


def first_batch(loader: Iterable[Any]) -> Any:
    """The first batch of a pass."""
    return next(iter(loader))
