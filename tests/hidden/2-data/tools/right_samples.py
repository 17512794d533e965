"""Right versions of what show_grid may call."""

from typing import Any

import torch
from torch.utils.data import Dataset


def label_name(dataset: Any, label: int) -> Any:
    """The name of the class of that number."""
    return dataset.classes[label]


def sample_info(
    dataset: Dataset[tuple[torch.Tensor, int]], index: int
) -> tuple[torch.Size, torch.dtype, float, float, int]:
    """Shape, dtype, lowest and highest value, and label of a sample."""
    image, label = dataset[index]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
