"""Digits slightly moved, turned, resized, dimmed and roughened, as a seed draws it.

A person reads them as before; in a table of MNIST's own images and labels none is found. Called
by the judge's side only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distortion:
    """How far an image may be changed; each change is drawn evenly up to its bound.

    `shift` in pixels along each axis, `turn` in degrees, `resize` and `dim` as shares, `noise`
    the standard deviation that is added to each pixel of 0…1.
    """

    shift: float = 0.5
    turn: float = 6.0
    resize: float = 0.05
    dim: float = 0.2
    noise: float = 0.03

    def times(self, strength: float) -> Distortion:
        """The same changes, weaker or stronger."""
        return Distortion(
            shift=strength * self.shift,
            turn=strength * self.turn,
            resize=strength * self.resize,
            dim=min(strength * self.dim, 1.0),
            noise=strength * self.noise,
        )


SLIGHT: Final = Distortion()


def distorted(images: NDArray[np.uint8], *, seed: int | str, strength: float = 1.0) -> Images:
    """The images (N, 28, 28) as float32 in 0…1, each changed in its own way.

    `strength` 1 is SLIGHT, 0 leaves them as they are. The same arguments give the same images.
    """
    bounds = SLIGHT.times(strength)
    words = np.frombuffer(hashlib.sha256(f"distorted digits {seed}".encode()).digest(), "<u4")
    # RandomState keeps its stream between NumPy versions, so a regrade next year draws the same.
    random = np.random.RandomState(words)
    plain: Images = images.astype(np.float32) / np.float32(255)
    return plain if strength == 0 else _changed(plain, bounds, random)


def _changed(images: Images, bounds: Distortion, random: np.random.RandomState) -> Images:
    count = len(images)
    shift = random.uniform(-bounds.shift, bounds.shift, (2, count))
    angle = np.radians(random.uniform(-bounds.turn, bounds.turn, count))
    size = 1 + random.uniform(-bounds.resize, bounds.resize, count)
    light = 1 - random.uniform(0, bounds.dim, count)
    noise = bounds.noise * random.standard_normal(images.shape)
    moved = _moved(images, shift, angle, size)
    return np.clip(moved * light[:, None, None] + noise, 0, 1).astype(np.float32)


def _moved(
    images: Images,
    shift: NDArray[np.float64],
    angle: NDArray[np.float64],
    size: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Each image moved by its own shift, turned and resized about its middle; outside is 0.

    For each pixel of the result the place that it comes from is looked up, between the four
    pixels around it in proportion (bilinear).
    """
    height, width = images.shape[1:]
    rows, columns = np.mgrid[:height, :width].reshape(2, 1, -1)
    down = rows - (height - 1) / 2 - shift[0][:, None]
    right = columns - (width - 1) / 2 - shift[1][:, None]
    cos, sin = (np.cos(angle) / size)[:, None], (np.sin(angle) / size)[:, None]
    from_row = cos * down - sin * right + (height - 1) / 2
    from_column = sin * down + cos * right + (width - 1) / 2
    return _between(images, from_row, from_column).reshape(images.shape)


def _between(
    images: Images, rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The values at these places of each image, which lie between its pixels."""
    height, width = images.shape[1:]
    # A frame of zeros, to which all that lies outside is brought.
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    rows, columns = np.clip(rows + 1, 0, height + 1), np.clip(columns + 1, 0, width + 1)
    row = np.minimum(rows.astype(np.int64), height)
    column = np.minimum(columns.astype(np.int64), width)
    below, beside = rows - row, columns - column
    image = np.arange(len(images))[:, None]
    upper = framed[image, row, column] * (1 - beside) + framed[image, row, column + 1] * beside
    row += 1
    lower = framed[image, row, column] * (1 - beside) + framed[image, row, column + 1] * beside
    return upper * (1 - below) + lower * below
