"""A model that wants its images as they are, with all axes, and loaders that shuffle."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class ReadsPictures(nn.Module):
    """Takes the first column of each picture (N, 1, classes, width) for the logits, less an offset.

    Flattened pictures are refused, and those of another brightness are read as something else.
    """

    def __init__(self, offset: torch.Tensor) -> None:
        super().__init__()
        self.offset = nn.Parameter(offset)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The logits (N, classes)."""
        logits: torch.Tensor = x[:, 0, :, 0] - self.offset
        return logits


def shuffling_loader(
    X: torch.Tensor, y: torch.Tensor, batch_size: int
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Batches in a new order in each pass."""
    return DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True)
