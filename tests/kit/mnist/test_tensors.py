"""`load_tensors` gives what torchvision's MNIST with ToTensor() gives, at once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch.utils.data import TensorDataset
from torchvision.datasets import MNIST
from torchvision.transforms import ToTensor

from autograder.errors import KitError
from autograder.mnist import Prepared, load_tensors
from autograder.mnist.layout import FILE_NAMES, DigitSet, raw_folder


def _by_torchvision(root: Path, *, train: bool, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    dataset = MNIST(root, train=train, transform=ToTensor(), download=False)
    samples = [dataset[index] for index in range(min(count, len(dataset)))]
    return torch.stack([image for image, _ in samples]), torch.tensor([y for _, y in samples])


@pytest.mark.parametrize("train", [True, False])
def test_values_are_torchvisions(prepared: Prepared, train: bool) -> None:
    loaded = load_tensors(prepared.root, train_samples=1_500, test_samples=1_500)
    images, labels = _by_torchvision(prepared.root, train=train, count=1_500)

    ours = loaded[0 if train else 1].tensors

    assert torch.equal(ours[0], images)
    assert torch.equal(ours[1], labels)
    assert (ours[0].dtype, ours[1].dtype) == (images.dtype, labels.dtype)


def test_all_digits_come_without_a_number(prepared: Prepared) -> None:
    train, test = load_tensors(prepared.root)
    whole = MNIST(prepared.root, train=True, download=False)

    assert (len(train), len(test)) == (prepared.train_count, prepared.test_count)
    assert torch.equal(train.tensors[0], whole.data.unsqueeze(1) / 255)
    assert torch.equal(train.tensors[1], whole.targets)
    assert [train.tensors[0].min().item(), train.tensors[0].max().item()] == [0, 1]


def test_a_sample_is_the_first_digits_and_at_most_all(prepared: Prepared) -> None:
    whole = load_tensors(prepared.root)

    some = load_tensors(prepared.root, train_samples=7, test_samples=100_000)

    assert torch.equal(some[0].tensors[0], whole[0].tensors[0][:7])
    assert torch.equal(some[0].tensors[1], whole[0].tensors[1][:7])
    assert len(some[1]) == len(whole[1])


def test_each_call_has_memory_of_its_own(small_root: Path) -> None:
    first, _ = load_tensors(small_root)
    first.tensors[0].zero_()

    assert load_tensors(small_root)[0].tensors[0].sum() > 0


def test_gzip_files_are_read_where_nothing_may_be_written(small_root: Path) -> None:
    raw = raw_folder(small_root)
    before = load_tensors(small_root)
    for name in FILE_NAMES:
        (raw / f"{name}.gz").write_bytes(gzip.compress((raw / name).read_bytes()))
        (raw / name).unlink()

    after = load_tensors(small_root, train_samples=5)

    assert torch.equal(after[0].tensors[0], before[0].tensors[0][:5])
    assert {path.suffix for path in raw.iterdir()} == {".gz"}


@pytest.mark.parametrize("damaged", [False, True])
def test_mnist_is_prepared_where_it_is_not(
    small_root: Path, damaged: bool, make_set: Callable[..., DigitSet]
) -> None:
    """Here from gzip files, so that the test asks no network."""
    raw = raw_folder(small_root)
    for name in FILE_NAMES:
        (raw / f"{name}.gz").write_bytes(gzip.compress((raw / name).read_bytes()))
    (raw / FILE_NAMES[0]).write_bytes(b"damaged")
    if not damaged:
        (raw / FILE_NAMES[0]).unlink()

    train, _ = load_tensors(small_root)

    assert isinstance(train, TensorDataset)
    assert torch.equal(
        train.tensors[0][:, 0], torch.from_numpy(make_set().train.images).to(torch.float32) / 255
    )


@pytest.mark.parametrize("name", ["train_samples", "test_samples"])
def test_no_digits_is_refused(small_root: Path, name: str) -> None:
    with pytest.raises(KitError) as problem:
        load_tensors(small_root, **{name: 0})

    assert str(problem.value) == (
        f"load_tensors was given {name}=0. Give 1 or more, or None for all digits."
    )
