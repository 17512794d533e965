"""Hidden digits are changed, slightly, in bounds, and the same way again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn.functional import affine_grid, grid_sample

from autograder.mnist import Prepared, distorted
from autograder.mnist.distortion import SLIGHT, Distortion, _changed, _moved
from autograder.mnist.layout import raw_folder, read_part

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def digits(prepared: Prepared) -> Pixels:
    return read_part(raw_folder(prepared.root), "t10k", first=300).images


def blobs(count: int) -> Pixels:
    """Round blobs, symmetric about the middle of the image."""
    away = np.arange(28) - 13.5
    blob = 255 * np.exp(-(away[:, None] ** 2 + away**2) / 18)
    return np.repeat(blob[None], count, axis=0).astype(np.uint8)


def middles(images: NDArray[Any]) -> NDArray[Any]:
    """How far each image's centre of mass lies from the image's middle, per axis."""
    away = np.arange(28) - 13.5
    mass = images.sum(axis=(1, 2))
    down, right = (images * away[:, None]).sum((1, 2)), (images * away).sum((1, 2))
    return np.stack([down / mass, right / mass])


def test_the_form_is_that_of_to_tensor(digits: Pixels) -> None:
    changed = distorted(digits, seed="secret")

    assert (changed.shape, changed.dtype.name) == (digits.shape, "float32")
    assert (changed.min() >= 0, changed.max() <= 1) == (True, True)


def test_strength_0_leaves_the_values_of_to_tensor(digits: Pixels) -> None:
    plain = torch.from_numpy(digits).to(torch.float32).div(255).numpy()

    assert np.array_equal(distorted(digits, seed="secret", strength=0), plain)


def test_the_same_seed_changes_alike_and_another_otherwise(digits: Pixels) -> None:
    once, again, other = (distorted(digits, seed=seed) for seed in ("a", "a", "b"))

    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_the_draw_is_the_same_on_every_machine() -> None:
    changed = distorted(blobs(2), seed=7)

    found = changed[:, [10, 13, 20], 14].flatten().tolist()
    assert found == pytest.approx([0.5493, 0.9017, 0.0235, 0.3994, 0.8889, 0.0592], abs=1e-4)


def test_no_changed_digit_is_found_among_the_known_ones(digits: Pixels) -> None:
    changed = (distorted(digits, seed="secret") * 255).round().astype(np.uint8)

    assert not {*map(bytes, digits)} & {*map(bytes, changed)}


def test_a_digit_is_changed_otherwise_each_time_it_occurs() -> None:
    changed = distorted(blobs(50), seed="secret")

    assert len({*map(bytes, changed)}) == 50


def test_digits_move_by_half_a_pixel_at_most() -> None:
    images: NDArray[Any] = blobs(2000).astype(np.float32) / 255
    # Without noise: cut off at 0, it would move the centre of mass.
    changed = _changed(images, Distortion(noise=0.0), np.random.RandomState(3))

    moved = middles(changed)

    assert np.abs(moved).max() <= SLIGHT.shift + 0.01
    assert np.abs(moved).max() > 0.9 * SLIGHT.shift
    assert np.abs(moved.mean(axis=1)).max() < 0.05


def test_twice_the_strength_may_move_twice_as_far() -> None:
    assert SLIGHT.times(2) == Distortion(shift=1.0, turn=12.0, resize=0.1, dim=0.4, noise=0.06)


def test_moving_turning_and_resizing_agree_with_torch(digits: Pixels) -> None:
    images: NDArray[Any] = digits[:20].astype(np.float32) / 255
    random = np.random.RandomState(3)
    shift, angle = random.uniform(-2, 2, (2, 20)), random.uniform(-1, 1, 20)
    size = random.uniform(0.8, 1.2, 20)

    ours = _moved(images, shift, angle, size)

    assert np.abs(ours - _by_torch(images, shift, angle, size)).max() < 1e-4


def _by_torch(
    images: NDArray[Any],
    shift: NDArray[Any],
    angle: NDArray[Any],
    size: NDArray[Any],
) -> NDArray[Any]:
    """torch's grid_sample, whose unit is half an image and whose first axis is the columns."""
    cos, sin = np.cos(angle) / size, np.sin(angle) / size
    down, right = shift / 14
    rows = [[cos, sin, -cos * right - sin * down], [-sin, cos, sin * right - cos * down]]
    theta = torch.tensor(np.array(rows)).permute(2, 0, 1)
    grid = affine_grid(theta, [len(images), 1, 28, 28], align_corners=False)
    source = torch.from_numpy(images).double().unsqueeze(1)
    moved: NDArray[Any] = grid_sample(source, grid, align_corners=False)[:, 0].numpy()
    return moved
