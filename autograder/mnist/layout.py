"""torchvision's layout of MNIST, `ROOT/MNIST/raw/`: which files, and what makes them whole."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from autograder.errors import KitError, MissingFile
from autograder.mnist.idx import DigitsUnreadable, is_plain, read_idx, read_shape, write_idx

Part: TypeAlias = Literal["train", "t10k"]
PARTS: Final[tuple[Part, Part]] = ("train", "t10k")
SIDE: Final = 28
# A scratch folder this old belongs to nobody: no download may take so long.
LEFTOVER_AFTER_S: Final = 900
SCRATCH_PREFIX: Final = ".preparing-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """Images as uint8 (count, 28, 28) and their labels as uint8 (count,), in the same order."""

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitSet:
    """Both parts of MNIST: the training digits and the test digits."""

    train: Digits
    test: Digits

    def part(self, part: Part) -> Digits:
        return self.train if part == "train" else self.test


def raw_folder(root: str | os.PathLike[str]) -> Path:
    """Where torchvision looks for the files of `root`."""
    return Path(root).expanduser() / "MNIST" / "raw"


def images_name(part: Part) -> str:
    return f"{part}-images-idx3-ubyte"


def labels_name(part: Part) -> str:
    return f"{part}-labels-idx1-ubyte"


FILE_NAMES: Final = tuple(name(part) for part in PARTS for name in (images_name, labels_name))


def find_raw(folder: Path) -> Path | None:
    """The folder with MNIST's files for a folder that someone named: a root, or `raw` itself."""
    for candidate in (raw_folder(folder), folder / "raw", folder):
        if any(_versions(candidate, name) for name in FILE_NAMES):
            return candidate
    return None


def check_part(raw: Path, part: Part) -> int:
    """How many digits the plain files hold, without reading the images.

    Raises MissingFile or DigitsUnreadable where torchvision would not read them rightly.
    """
    images, labels = raw / images_name(part), raw / labels_name(part)
    for path in (images, labels):
        if not os.path.isfile(path):
            raise _missing(path)
        if not is_plain(path):
            raise DigitsUnreadable(path, "is a gzip file without .gz in its name")
    return _check_pair(images, labels)


def read_part(raw: Path, part: Part, *, first: int | None = None) -> Digits:
    """The digits of one part, from the plain files or else from the packed ones."""
    problem: KitError | None = None
    for images in _versions(raw, images_name(part)):
        for labels in _versions(raw, labels_name(part)):
            try:
                return _read_pair(images, labels, first)
            except DigitsUnreadable as found:
                problem = problem or found
    raise problem or _missing(_first_missing(raw, part))


def read_set(raw: Path) -> DigitSet:
    return DigitSet(train=read_part(raw, "train"), test=read_part(raw, "t10k"))


def write_set(raw: Path, digits: DigitSet) -> None:
    """Writes the four files beside their place, then moves them there one after the other.

    Whatever ends it before the moves leaves `raw` as it was.
    """
    with scratch_folder(raw.parent) as scratch:
        for part in PARTS:
            write_idx(scratch / images_name(part), digits.part(part).images)
            write_idx(scratch / labels_name(part), digits.part(part).labels)
        raw.mkdir(parents=True, exist_ok=True)
        for name in FILE_NAMES:
            (scratch / name).replace(raw / name)


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A folder on the same file system as what is to come, gone afterwards.

    What an earlier process that was killed left there goes too.
    """
    parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(parent)
    with tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX, dir=parent) as folder:
        yield Path(folder)


def remove_leftovers(parent: Path) -> None:
    """By age, not by process id: on a shared file system the owner may run elsewhere."""
    for folder in parent.glob(f"{SCRATCH_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > LEFTOVER_AFTER_S:
                shutil.rmtree(folder)


def _versions(raw: Path, name: str) -> list[Path]:
    # Path.is_file raises for a folder that may not be entered; here that is "not there".
    return [path for path in (raw / name, raw / f"{name}.gz") if os.path.isfile(path)]


def _first_missing(raw: Path, part: Part) -> Path:
    names = (images_name(part), labels_name(part))
    return next(raw / name for name in names if not _versions(raw, name))


def _missing(path: Path) -> MissingFile:
    of_part = "training" if path.name.startswith("train") else "test"
    kind = "images" if "images" in path.name else "labels"
    what = f"MNIST's {of_part} {kind}"
    return MissingFile(path, what, "Get the digits ready:", "autograder data")


def _read_pair(images: Path, labels: Path, first: int | None) -> Digits:
    _check_pair(images, labels)
    return Digits(
        images=read_idx(images, 3, first=first),
        labels=read_idx(labels, 1, first=first),
    )


def _check_pair(images: Path, labels: Path) -> int:
    count, rows, columns = read_shape(images, 3)
    if (rows, columns) != (SIDE, SIDE):
        what = f"holds images of {rows:,} x {columns:,} pixels, expected {SIDE} x {SIDE}"
        raise DigitsUnreadable(images, what)
    if count == 0:
        raise DigitsUnreadable(images, "holds no images")
    found = read_idx(labels, 1)
    if len(found) != count:
        what = f"holds {len(found):,} labels for the {count:,} images of {images.name}"
        raise DigitsUnreadable(labels, what)
    if found.max() > 9:
        raise DigitsUnreadable(labels, f"holds the label {found.max()}, expected 0 to 9")
    return count
