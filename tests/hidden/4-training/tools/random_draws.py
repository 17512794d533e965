"""Draws from each of the generators that `seed_everything` seeds."""

import random

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def draws() -> dict[str, list[float]]:
    """Some numbers of each generator, NumPy's and PyTorch's in the forms that courses use."""
    loader = DataLoader(TensorDataset(torch.arange(30)), batch_size=30, shuffle=True)
    (shuffled,) = next(iter(loader))
    return {
        "python": [random.random() for _ in range(4)],
        "numpy": [float(x) for x in np.random.rand(3)] + list(np.random.permutation(20).tolist()),
        "torch": torch.rand(4).tolist() + torch.randperm(20).tolist() + shuffled.tolist(),
    }
