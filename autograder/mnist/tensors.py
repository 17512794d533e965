"""Runs in: students' notebooks too. MNIST as tensors, read once, instead of image by image.

torchvision decodes and converts an image at every access, which takes most of an epoch's time
on the article's network.
"""

from __future__ import annotations

import os

import torch
from torch.utils.data import TensorDataset

from autograder.errors import KitError, MissingFile
from autograder.mnist.idx import DigitsUnreadable
from autograder.mnist.layout import Digits, DigitSet, raw_folder, read_part
from autograder.mnist.preparation import prepare


def load_tensors(
    root: str | os.PathLike[str],
    *,
    train_samples: int | None = None,
    test_samples: int | None = None,
) -> tuple[TensorDataset, TensorDataset]:
    """The training and the test digits: float32 images (N, 1, 28, 28) in 0…1, int64 labels.

    The first digits of each file, at most as many as asked for and as there are; the values are
    those of torchvision's MNIST with ToTensor(). Prepares MNIST first where it is not ready.
    """
    for name, samples in (("train_samples", train_samples), ("test_samples", test_samples)):
        if samples is not None and samples < 1:
            fact = f"load_tensors was given {name}={samples}."
            raise KitError(fact, "Give 1 or more, or None for all digits.")
    digits = _read_or_prepare(root, train_samples, test_samples)
    return _as_tensors(digits.train), _as_tensors(digits.test)


def _read_or_prepare(
    root: str | os.PathLike[str], train_samples: int | None, test_samples: int | None
) -> DigitSet:
    try:
        return _read(root, train_samples, test_samples)
    except (MissingFile, DigitsUnreadable):
        prepare(root)
        return _read(root, train_samples, test_samples)


def _read(
    root: str | os.PathLike[str], train_samples: int | None, test_samples: int | None
) -> DigitSet:
    raw = raw_folder(root)
    return DigitSet(
        train=read_part(raw, "train", first=train_samples),
        test=read_part(raw, "t10k", first=test_samples),
    )


def _as_tensors(digits: Digits) -> TensorDataset:
    images = torch.from_numpy(digits.images).unsqueeze(1).to(torch.float32).div(255)
    return TensorDataset(images, torch.from_numpy(digits.labels).to(torch.int64))
