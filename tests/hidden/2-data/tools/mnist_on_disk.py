"""MNIST's files in a folder of their own and on a net of their own, and what load_mnist makes of
them.
"""

import os
import struct
import tempfile
from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

import numpy as np
import torch
from plain_images import plain
from torch.utils.data import DataLoader
from torchvision import datasets

Files = Mapping[str, np.ndarray[Any, Any]]


def load(
    load_mnist: Callable[[str, bool], Any], train: bool, there: Files, on_the_net: Files
) -> tuple[bool, list[str], dict[str, Any] | str]:
    """Whether the files `there` are on disk as they were after load_mnist, what it asked for of
    those on the net, and what it gave.

    Nothing leaves this machine: torchvision's download is answered from `on_the_net`.
    """
    asked = []

    def answer(url: str, download_root: str, *args: Any, **kwargs: Any) -> None:
        name = url.rsplit("/", 1)[-1].removesuffix(".gz")
        asked.append(name)
        _write_set(str(download_root), {name: on_the_net[name]})

    with tempfile.TemporaryDirectory() as root:
        raw = os.path.join(root, "MNIST", "raw")
        if there:
            _write_set(raw, there)
        with mock.patch("torchvision.datasets.mnist.download_and_extract_archive", answer):
            seen = _look(load_mnist(root, train))
        return _as_written(raw, there), sorted(set(asked)), seen


def images(dataset: Any) -> list[Any]:
    """All images of a data set."""
    return [plain(dataset[index][0]) for index in range(len(dataset))]


def labels(dataset: Any) -> list[Any]:
    """All labels as the data set gives them, whatever becomes of its images."""
    dataset.transform = None
    return [plain(dataset[index][1]) for index in range(len(dataset))]


def _write_set(folder: str, files: Files) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, array in files.items():
        _write(folder, name, array)


def _write(folder: str, name: str, array: np.ndarray[Any, Any]) -> None:
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    with open(os.path.join(folder, name), "wb") as stream:
        stream.write(header + array.tobytes())


def _as_written(folder: str, files: Files) -> bool:
    for name, array in files.items():
        try:
            with open(os.path.join(folder, name), "rb") as stream:
                if not stream.read().endswith(array.tobytes()):
                    return False
        except OSError:
            return False
    return True


def _look(dataset: Any) -> dict[str, Any] | str:
    """What train was, the labels, the data set; a word for another."""
    if not isinstance(dataset, datasets.MNIST):
        kinds = (tuple, list, torch.Tensor, DataLoader)
        return next((kind.__name__ for kind in kinds if isinstance(dataset, kind)), "other")
    return {
        "train": dataset.train if isinstance(dataset.train, (bool, str)) else None,
        "labels": [int(label) for label in dataset.targets],
        "dataset": dataset,
    }
