"""The digits for grading: some that students' kernels see, others that only the judge holds."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from autograder.errors import KitError, MissingFile
from autograder.mnist.idx import DigitsUnreadable
from autograder.mnist.layout import (
    FILE_NAMES,
    SCRATCH_PREFIX,
    Digits,
    DigitSet,
    raw_folder,
    read_part,
    read_set,
    remove_leftovers,
    write_set,
)

NOTE_NAME: Final = "GRADING-DATA.txt"
NOTE: Final = (
    "Written by autograder: the digits that students' kernels see while grading.\n"
    "Rewritten when the data set or the sizes in course_config.py change. Keep nothing else here.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingSplit:
    """What students' kernels see under `root`, and the hidden digits, which are in no file there.

    `hidden_images` is uint8 (N, 28, 28), `hidden_labels` int64 (N,), `hidden_positions` where
    they stand in the source's test part. `shown_count` is how many of the test digits that kernels
    see are the source's own; those behind them are stand-ins.
    """

    root: Path
    train_count: int
    test_count: int
    shown_count: int
    hidden_images: NDArray[np.uint8]
    hidden_labels: NDArray[np.int64]
    hidden_positions: NDArray[np.int64]


def grading_split(
    source_root: str | os.PathLike[str],
    grading_root: str | os.PathLike[str],
    *,
    train_samples: int | None = None,
    test_samples: int = 1000,
    hidden_samples: int = 2000,
    seed: int | str = 0,
) -> GradingSplit:
    """Writes the digits for students' kernels into `grading_root` and gives the hidden ones.

    Both parts are as long as the source's, so that an index which works on a student's machine
    works here: all training digits, or the first `train_samples`, and of the test digits the first
    `test_samples`, at most half of them, as `load_tensors` gives them there. Behind these each
    image is replaced by one of the same label that is shown anyway; the hidden digits are drawn
    by `seed` from what was replaced, `hidden_samples` or as many as there are. The same arguments
    give the same split. Nothing is written where it is written already (compared byte by byte).
    Called by the judge's side only.
    """
    _expect_positive(
        train_samples=train_samples, test_samples=test_samples, hidden_samples=hidden_samples
    )
    source, target = Path(source_root).expanduser(), Path(grading_root).expanduser()
    _expect_apart(source, target)
    train = read_part(raw_folder(source), "train", first=train_samples)
    test = read_part(raw_folder(source), "t10k")
    shown = min(test_samples, len(test) // 2)
    positions = _hidden_positions(len(test), shown, hidden_samples, seed)
    _write_where_different(target, DigitSet(train=train, test=_with_stand_ins(test, shown, train)))
    return GradingSplit(
        root=target,
        train_count=len(train),
        test_count=len(test),
        shown_count=shown,
        hidden_images=test.images[positions],
        hidden_labels=test.labels[positions].astype(np.int64),
        hidden_positions=positions,
    )


def _expect_positive(**counts: int | None) -> None:
    for name, count in counts.items():
        if count is not None and count < 1:
            raise KitError(f"grading_split was given {name}={count}.", "Give 1 or more.")


def _expect_apart(source: Path, target: Path) -> None:
    """A student's kernel reads all of `target`: with the source in it, every label is read."""
    if source.resolve().is_relative_to(target.resolve()):
        raise KitError(
            f"The folder for grading, {target}, contains the whole data set, {source}.",
            "Choose another folder for grading: students' kernels read everything in it.",
        )


def _hidden_positions(
    available: int, shown: int, hidden_samples: int, seed: int | str
) -> NDArray[np.int64]:
    """Positions in the test part, none below `shown`.

    RandomState keeps its stream between NumPy versions, so a regrade next year draws the same.
    """
    words = np.frombuffer(hashlib.sha256(f"hidden digits {seed}".encode()).digest(), "<u4")
    order = np.random.RandomState(words).permutation(available - shown)
    return shown + order[:hidden_samples].astype(np.int64)


def _with_stand_ins(test: Digits, shown: int, train: Digits) -> Digits:
    """The test digits with every image behind the first `shown` replaced; the labels stay.

    All are replaced, not the hidden ones alone: which those are does not show.
    """
    images = test.images.copy()
    for label in np.unique(test.labels[shown:]):
        places = shown + np.flatnonzero(test.labels[shown:] == label)
        known = test.images[:shown][test.labels[:shown] == label]
        donors = known if len(known) else train.images[train.labels == label]
        # Repeated as often as needed; blank where nobody may know a digit of this label.
        images[places] = np.resize(donors, (len(places), *images.shape[1:]))
    return Digits(images=images, labels=test.labels)


def _write_where_different(root: Path, digits: DigitSet) -> None:
    folder, raw = raw_folder(root).parent, raw_folder(root)
    remove_leftovers(folder)
    _expect_own(folder, raw)
    if _holds(raw, digits):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOTE_NAME).write_text(NOTE, encoding="utf-8")
        write_set(raw, digits)
        _open_to_all(root, folder, raw)
    except OSError as problem:
        raise KitError(
            f"The folder for grading, {root}, cannot be written ({problem.strerror or problem}).",
            "Choose a folder that can be written, or make room in this one.",
        ) from problem


def _expect_own(folder: Path, raw: Path) -> None:
    """Refuses a folder with files of others: overwriting would lose them, keeping show them."""
    found = sorted(path for place in (folder, raw) if place.is_dir() for path in place.iterdir())
    own = {folder / NOTE_NAME, raw, *(raw / name for name in FILE_NAMES)}
    strange = [
        path for path in found if path not in own and not path.name.startswith(SCRATCH_PREFIX)
    ]
    if found and folder / NOTE_NAME not in found:
        strange = found
    if strange:
        raise KitError(
            f"{strange[0]} is in the folder for grading and was not written by grading.",
            "Choose another folder, or move it away: students' kernels read everything there.",
        )


def _holds(raw: Path, digits: DigitSet) -> bool:
    try:
        there = read_set(raw)
    except (MissingFile, DigitsUnreadable):
        return False
    return _same(there.train, digits.train) and _same(there.test, digits.test)


def _same(one: Digits, other: Digits) -> bool:
    images = np.array_equal(one.images, other.images)
    return images and np.array_equal(one.labels, other.labels)


def _open_to_all(root: Path, folder: Path, raw: Path) -> None:
    """Students' kernels run under another uid, whatever the umask of who grades is."""
    for place in (root, folder, raw, *(raw / name for name in FILE_NAMES)):
        mode = place.stat().st_mode
        wanted = mode | (0o555 if place.is_dir() else 0o444)
        if wanted != mode:  # else a folder of somebody else's, open already, would refuse
            place.chmod(wanted)
