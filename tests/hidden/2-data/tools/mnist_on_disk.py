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
    load_mnist: Callable[[str, bool], Any],
    train: bool,
    there: Files,
    on_the_net: Files,
    black: Mapping[str, int] | None = None,
) -> tuple[bool, list[str], dict[str, Any] | str]:
    """Whether the files `there` are on disk as they were after load_mnist, what it asked for of
    those on the net, and what it gave.

    Files of so many black pictures lie there too. Where nothing lies there, the folder is not there
    either. Nothing leaves this machine: torchvision's download is answered from `on_the_net`.
    """
    asked = []

    def answer(url: str, download_root: str, *args: Any, **kwargs: Any) -> None:
        name = url.rsplit("/", 1)[-1].removesuffix(".gz")
        asked.append(name)
        _write_set(str(download_root), {name: on_the_net[name]})

    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, "digits")
        raw = os.path.join(root, "MNIST", "raw")
        if there:
            _write_set(raw, there)
        for name, count in (black or {}).items():
            _write_black(raw, name, count)
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
    with open(os.path.join(folder, name), "wb") as stream:
        stream.write(_header(array.shape) + array.tobytes())


def _write_black(folder: str, name: str, count: int) -> None:
    with open(os.path.join(folder, name), "wb") as stream:
        stream.write(_header((count, 28, 28)))
        # A hole in the file: many pictures that nobody had to write.
        stream.truncate(stream.tell() + count * 28 * 28)


def _header(shape: tuple[int, ...]) -> bytes:
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape)


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
        "labels": torch.as_tensor(dataset.targets).to(torch.int64),
        "dataset": dataset,
    }
